/** What other code imports as `parley/testing`: conversations with a bot and its handlers, in any test runner. */
export {
  type BotUnderTest,
  type Conversation,
  type ConverseOptions,
  converse,
  type Turn,
} from './converse.ts';
export type { Recorded, RecordedAnswer, RecordedRequest } from './recorded-answers.ts';
