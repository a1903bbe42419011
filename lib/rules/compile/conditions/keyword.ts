import { DEFAULT_OPT_OUT, isAnsweredByCarrier } from '../../../guards/stop-words.ts';
import { normalizeText } from '../../../text/normalize-text.ts';
import { listOf } from '../shapes.ts';
import type { ConditionForm } from './condition-form.ts';
import { writtenText } from './written-text.ts';

export const keyword: ConditionForm<readonly string[], readonly string[]> = {
  shape: listOf(writtenText),
  ofMessage: true,
  check: (words, spot, { channels }) => {
    for (const [index, word] of words.entries()) {
      if (!channels.every((name) => isAnsweredByCarrier(word, name, DEFAULT_OPT_OUT))) continue;
      spot
        .at(index)
        .note(
          `"${word}" never reaches this rule: Twilio or the carrier answers it on ${channels.join(', ')}.`,
        );
    }
  },
  compile: (words) => [...new Set(words.map(normalizeText))],
};
