import type { Survivor } from './survivor.ts';

export const RECEIVE: readonly Survivor[] = [
  {
    file: 'lib/receive/receive.ts',
    line: "const service: FormParams = new Map(serviceSid === undefined ? [] : [['ChatServiceSid', [serviceSid]]]);",
    change: 'serviceSid === undefined → false',
    reason: 'JSON leaves out what is undefined; the check is for the compiler.',
  },
];
