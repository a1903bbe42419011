import type { Conversation } from '../model/model.ts';

export interface ChatProps {
  readonly conversation: Conversation | undefined;
  /** SID of what the timeline shows; the newest when undefined. */
  readonly selected: string | undefined;
  readonly onSelect: (subject: string | undefined) => void;
}
