import type { Style } from '../../cli/command.ts';

/** One line of the terminal about what happens in a world. */
export interface Line {
  readonly kind: 'message' | 'webhook' | 'decision' | 'retry' | 'reload' | 'log' | 'defect';
  /** The customer of the conversation, where it is about one. */
  readonly who?: string | undefined;
  readonly text: string;
  /** How it is coloured where there are colours. */
  readonly style?: Style;
}
