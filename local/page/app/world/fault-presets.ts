import type { Fault, FaultInput } from '../../../../emulator/index.ts';

/** Faults worth having at hand; the control interface has every one with every setting. */
export interface Preset {
  readonly title: string;
  readonly spec: FaultInput;
}

const ON_CREATE = { operation: 'messages.create' } as const;
/** Receipts of what was said before are on their way too. */
const OF_MESSAGE = { event: 'onMessageAdded' } as const;

export const PRESETS: readonly { readonly group: string; readonly presets: readonly Preset[] }[] = [
  {
    group: 'When the bot sends a message',
    presets: [
      { title: 'Too many requests (429)', spec: { kind: 'rate-limit', ...ON_CREATE } },
      { title: 'Error 500, nothing written', spec: { kind: 'error', when: 'before', ...ON_CREATE } },
      { title: 'Error 500, written all the same', spec: { kind: 'error', when: 'after', ...ON_CREATE } },
      { title: 'Connection reset, written', spec: { kind: 'reset', when: 'after', ...ON_CREATE } },
      {
        title: 'No answer, written 10 s later',
        spec: { kind: 'timeout', commit: 'late', commitAfterMs: 10_000, ...ON_CREATE },
      },
      { title: 'Answer after 3 s', spec: { kind: 'slow', ms: 3000, ...ON_CREATE } },
      { title: 'Answer that cannot be read', spec: { kind: 'garbage', body: 'html', ...ON_CREATE } },
      { title: 'Lists lag by 2 s', spec: { kind: 'stale-list', lagMs: 2000 } },
    ],
  },
  {
    group: 'Webhooks',
    presets: [
      { title: 'Lost', spec: { kind: 'webhook-drop', ...OF_MESSAGE } },
      { title: 'Sent twice', spec: { kind: 'webhook-duplicate', ...OF_MESSAGE } },
      { title: '5 s late', spec: { kind: 'webhook-delay', ms: 5000, ...OF_MESSAGE } },
      { title: 'Out of order', spec: { kind: 'webhook-reorder', ...OF_MESSAGE } },
      { title: 'With a parameter nobody knows', spec: { kind: 'webhook-parameter', ...OF_MESSAGE } },
    ],
  },
  {
    group: 'Delivery to the customer',
    presets: [
      {
        title: 'Undelivered (30008)',
        spec: { kind: 'delivery-failure', errorCode: 30008, status: 'undelivered' },
      },
      { title: 'Outside the 24 hours (63016)', spec: { kind: 'delivery-failure', errorCode: 63016 } },
    ],
  },
];

/** The armed fault that this preset switches on and off: the one that strikes until somebody stops it. */
export function armedUntilStopped({ spec }: Preset, faults: readonly Fault[]): Fault | undefined {
  return faults.find((fault) => fault.times === null && isOf(spec, fault));
}

/** The one that strikes the next time it can. */
export function armedOnce({ spec }: Preset, faults: readonly Fault[]): Fault | undefined {
  return faults.find((fault) => fault.times === 1 && isOf(spec, fault));
}

/** Those that no row shows and disarms. */
export function armedElsewhere(faults: readonly Fault[]): readonly Fault[] {
  const presets = PRESETS.flatMap((group) => group.presets);
  const shown = new Set(
    presets.flatMap((preset) => [armedOnce(preset, faults), armedUntilStopped(preset, faults)]),
  );
  return faults.filter((fault) => !shown.has(fault));
}

/** What an armed fault is called here. */
export function nameFault(fault: Fault): string {
  // Whichever event it is for.
  const any = { ...fault, ...OF_MESSAGE };
  const preset = PRESETS.flatMap(({ presets }) => presets).find(({ spec }) => isOf(spec, any));
  return preset?.title ?? fault.kind;
}

/** `armed once`, `armed for 50 % of the time` */
export function describeFrequency({ times, share }: Fault): string {
  const often = share < 1 ? `armed for ${Math.round(share * 100)} % of the time` : 'armed for every time';
  if (times === null) return often;
  return times === 1 ? 'armed once' : `armed ${times} times`;
}

function isOf(spec: FaultInput, fault: object): boolean {
  const fields = fault as Readonly<Record<string, unknown>>;
  return Object.entries(spec).every(([name, value]) => fields[name] === value);
}
