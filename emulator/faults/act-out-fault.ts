import type { Answer } from '../call.ts';
import type { Core } from '../core.ts';
import { ERROR_TABLE, type ErrorCode } from '../error-table.ts';
import { errorBody } from '../refusal-error.ts';
import type { Transport } from '../service-request.ts';
import type { RequestFault } from './fault.ts';

export interface AnswerWithTransport extends Answer {
  readonly transport?: Transport;
}

const NOTHING: Answer = { status: 200, bytes: new Uint8Array() };

/**
 * Answers a request the way a fault wants it.
 * @param run does what the request asks for and gives the honest answer
 */
export async function actOutFault(
  core: Core,
  fault: RequestFault,
  run: () => Promise<Answer>,
): Promise<AnswerWithTransport> {
  switch (fault.kind) {
    case 'rate-limit': {
      const seconds = fault.retryAfterSeconds;
      return {
        ...errorAnswer(20429),
        ...(seconds === undefined ? {} : { headers: { 'retry-after': String(seconds) } }),
      };
    }
    case 'error':
      if (fault.when === 'after') await run();
      return errorAnswer(fault.code as ErrorCode, fault.status);
    case 'reset':
      if (fault.when === 'after') await run();
      return { ...NOTHING, transport: { kind: 'reset' } };
    case 'slow': {
      const answer = await run();
      await core.clock.sleep(fault.ms);
      return answer;
    }
    case 'drip':
      return { ...(await run()), transport: { kind: 'drip', bytesPerSecond: fault.bytesPerSecond } };
    case 'timeout':
      if (fault.commit === 'at-once') await run();
      if (fault.commit === 'late') core.timeline.after(fault.commitAfterMs, () => void run());
      return { ...NOTHING, transport: { kind: 'hang' } };
    case 'garbage':
      return spoil(await run(), fault.body);
    case 'stale-list':
      return run();
  }
}

export function errorAnswer(code: ErrorCode, status?: number, text?: string): Answer {
  const [usual, message] = ERROR_TABLE[code];
  return { status: status ?? usual, resource: errorBody(code, text ?? message, status ?? usual) };
}

function spoil(answer: Answer, how: 'truncated' | 'html' | 'empty'): Answer {
  const { status, headers = {} } = answer;
  const text = answer.resource === undefined ? '' : JSON.stringify(answer.resource);
  const bodies = {
    truncated: text.slice(0, Math.floor(text.length / 2)),
    html: '<html>Bad gateway</html>',
    empty: '',
  };
  const type = how === 'html' ? { 'content-type': 'text/html' } : {};
  return { status, headers: { ...headers, ...type }, bytes: new TextEncoder().encode(bodies[how]) };
}
