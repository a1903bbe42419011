import type { Look } from '../../../../cli/doctor/look.ts';
import { CREDENTIALS } from '../../../../local/lambda/deployed-bot.ts';
import { API_KEY_SECRET, AUTH_TOKEN_SECRET, type OperatedStack } from '../../../support/operated-stack.ts';

/** A stack, and a conversation on it. */
export interface Operating extends OperatedStack {
  readonly conversationSid: string;
}

export type Undo = () => void | Promise<void>;

/** A misconfiguration, and the check that is to find it. */
export interface Planted {
  readonly check: string;
  readonly title: string;
  /** A part of what the check says. */
  readonly says: string;
  readonly plant: (stack: Operating) => Undo | Promise<Undo>;
  /** Settings and credentials are read when a stage is opened. */
  readonly isReadAtOpening?: true;
  /** What cannot be planted outside, because it is not on this machine. */
  readonly look?: (look: Look) => Look;
}

type Shown = OperatedStack['shown'];

/** Changes what AWS shows, and puts it back. */
export function shown(change: (shown: Shown) => void): Planted['plant'] {
  return (stack) => {
    const before = structuredClone(stack.shown);
    change(stack.shown);
    return () => {
      Object.assign(stack.shown, before);
    };
  };
}

export const environment = (
  name: 'receive' | 'reply' | 'reconcile',
  values: Readonly<Record<string, string>>,
) => shown(({ functions }) => Object.assign(functions[name].Environment.Variables, values));

export const everywhere = (values: Readonly<Record<string, string>>) =>
  shown(({ functions }) => {
    for (const one of Object.values(functions)) Object.assign(one.Environment.Variables, values);
  });

export function secret(id: string, value: string): Planted['plant'] {
  const good: Readonly<Record<string, string>> = {
    [AUTH_TOKEN_SECRET]: CREDENTIALS.authToken,
    [API_KEY_SECRET]: JSON.stringify(CREDENTIALS),
  };
  return ({ aws }) => {
    aws.secrets.put(id, value);
    return () => aws.secrets.put(id, good[id] ?? '');
  };
}

/** A request to Twilio, and another that takes it back. */
export function twilio(
  path: (stack: Operating) => string,
  form: (stack: Operating) => Readonly<Record<string, string>>,
  undo?: (made: string) => readonly [method: string, path: string, form: Readonly<Record<string, string>>],
): Planted['plant'] {
  return async (stack) => {
    const at = path(stack);
    const { sid = '' } = await stack.ask('POST', at, form(stack));
    return async () => {
      const [method, back, fields] = undo?.(`${at}/${sid}`) ?? ['DELETE', `${at}/${sid}`, {}];
      await stack.ask(method, back, fields);
    };
  };
}

export const service = ({ service: { serviceSid } }: OperatedStack) => `/v1/Services/${serviceSid}`;
