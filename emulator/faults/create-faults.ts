import type { Random } from '../../lib/ports.ts';
import type { Happenings } from '../happenings.ts';
import { parseInput } from '../parse-input.ts';
import type { NewSid } from '../sids.ts';
import type { Timeline } from '../timeline.ts';
import {
  type DeliveryFault,
  type Fault,
  type FaultInput,
  faultSchema,
  isRequestFault,
  type RequestFault,
} from './fault.ts';
import { createInterference, type Interference } from './interfere-webhook.ts';

/** The armed faults. For each thing that happens the first fault that matches and wins its draw strikes. */
export interface Faults extends Interference {
  /** @throws RefusalError when `input` is not a fault */
  arm(input: FaultInput): Fault;
  /** @returns false when there is no such fault */
  disarm(id: string): boolean;
  clear(): void;
  list(): readonly Fault[];
  strikeRequest(request: {
    method: string;
    path: string;
    operation: string | undefined;
  }): RequestFault | undefined;
  strikeLeg(channel: string): DeliveryFault | undefined;
}

export function createFaults(
  random: Random,
  newSid: NewSid,
  timeline: Pick<Timeline, 'after'>,
  happenings: Happenings,
): Faults {
  let armed: Fault[] = [];

  function strike(matches: (fault: Fault) => boolean): Fault | undefined {
    const fault = armed.find(
      (candidate) => matches(candidate) && (candidate.share >= 1 || random() < candidate.share),
    );
    if (fault === undefined) return undefined;
    if (fault.times !== null) {
      const left = fault.times - 1;
      armed = armed.flatMap((other) =>
        other !== fault ? [other] : left === 0 ? [] : [{ ...fault, times: left }],
      );
    }
    happenings.tell({ kind: 'fault', change: 'applied', fault });
    return fault;
  }

  const interference = createInterference(strike, timeline, happenings);
  return {
    arm: (input) => {
      const fault = { ...parseInput(faultSchema, input), id: newSid('FL') };
      armed.push(fault);
      happenings.tell({ kind: 'fault', change: 'armed', fault });
      return fault;
    },
    disarm: (id) => {
      const fault = armed.find((candidate) => candidate.id === id);
      if (fault === undefined) return false;
      armed = armed.filter((candidate) => candidate !== fault);
      happenings.tell({ kind: 'fault', change: 'removed', fault });
      return true;
    },
    clear: () => {
      const cleared = armed;
      armed = [];
      for (const fault of cleared) happenings.tell({ kind: 'fault', change: 'removed', fault });
    },
    list: () => armed,
    strikeRequest: (request) => {
      if (armed.length === 0) return undefined;
      const fault = strike((candidate) => isRequestFault(candidate) && hitsRequest(candidate, request));
      return fault !== undefined && isRequestFault(fault) ? fault : undefined;
    },
    strikeLeg: (channel) => {
      if (armed.length === 0) return undefined;
      const fault = strike(
        (candidate) =>
          candidate.kind === 'delivery-failure' &&
          (candidate.channel === undefined || candidate.channel === channel),
      );
      return fault?.kind === 'delivery-failure' ? fault : undefined;
    },
    ...interference,
  };
}

function hitsRequest(
  fault: RequestFault,
  request: { method: string; path: string; operation: string | undefined },
): boolean {
  if (fault.kind === 'stale-list' && request.operation !== 'messages.list') return false;
  return (
    (fault.method === undefined || fault.method === request.method) &&
    (fault.path === undefined || request.path.includes(fault.path)) &&
    (fault.operation === undefined || fault.operation === request.operation)
  );
}
