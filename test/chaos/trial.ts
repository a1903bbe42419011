import type { Moment } from './tapped-function.ts';

/** Something a customer writes, what the bot is to say to it, and what befalls the bot meanwhile. */
export interface Line {
  /** No two lines of a run are alike. */
  readonly body: string;
  /** How each part of the reply begins; no two of a conversation are alike. */
  readonly expected: readonly string[];
  /** What befalls its webhook: it gets lost, or receive is killed over it. */
  readonly webhook?: Moment | 'lost' | undefined;
  /** When reply is killed over it, the first time it is delivered, the second time … */
  readonly kills: readonly (Moment | undefined)[];
  /** Whether each invocation over it is the first of its process, which makes more calls than the later ones. */
  readonly fresh?: boolean;
  /** What else is to be seen at Twilio: the Attributes of the message, and who takes part. */
  readonly steps?: {
    readonly tags: Readonly<Record<string, string>>;
    readonly invited: readonly string[];
  };
}

/** One conversation. */
export interface Trial {
  readonly name: string;
  readonly lines: readonly Line[];
}

type Fate = Partial<Pick<Line, 'webhook' | 'kills' | 'fresh'>>;

let number = 10_000;

/** Asks for an order: the reply has one part. */
export function askForOrder(fate: Fate = {}): Line {
  number += 1;
  return { body: `order ${number}`, expected: [`Order ${number} `], kills: [], ...fate };
}

/** Wants money back: the reply has two parts. At most once a conversation. */
export function askForRefund(fate: Fate = {}): Line {
  number += 1;
  return {
    body: `a refund for order ${number}`,
    expected: ['We are sorry', 'Print the label'],
    kills: [],
    ...fate,
  };
}

/** Wants somebody to come: the reply has two parts, tags the message and invites two. At most once a conversation. */
export function askForHelp(fate: Fate = {}): Line {
  number += 1;
  return {
    body: `help ${number}`,
    expected: [`Help ${number} `, 'Dana and Kim '],
    steps: { tags: { help: String(number) }, invited: ['dana', 'kim'] },
    kills: [],
    ...fate,
  };
}

/** How often it kills, if each moment comes about. */
export function plannedKills({ lines }: Trial): number {
  const moments = lines.flatMap(({ webhook, kills }) => [webhook, ...kills]);
  return moments.filter((moment) => typeof moment === 'object').length;
}
