import { DONE, defineCommand, FAILED } from '../command.ts';
import { several } from '../option.ts';
import { mayShowText } from '../stage/change.ts';
import { withStage } from '../stage/open-stage.ts';
import { showTextOptions, stageOptions } from '../stage/stage-options.ts';
import { parleyLine } from '../stage/suggest.ts';
import { sidOf } from '../values.ts';

/** `parley dead show IM…` */
export const show = defineCommand({
  name: 'show',
  summary: 'Say what dead letters would say first if they were redriven; nothing is sent.',
  operands: {
    which: several(
      'messages or conversations (default: all)',
      sidOf(['IM', 'CH', 'MB'], 'a message, a conversation or who joined'),
    ),
  },
  options: { ...stageOptions, ...showTextOptions },
  examples: [
    ['parley dead show --stage prod', 'of all'],
    [
      'parley dead show IM00000000000000000000000000000000 --show-text --stage prod',
      'with what people wrote',
    ],
  ],
  exits: { done: 'they are shown', failed: 'there are no such dead letters' },
  run: (values, terminal) =>
    withStage(values, async (stage) => {
      const { isChosen, readLetters, release, standing } = await import('../dead/read-letters.ts');
      const { sayFirst } = await import('../dead/say-first.ts');
      const { toJson } = await import('./dead-list.ts');
      const letters = await readLetters(stage);
      await release(stage, letters);
      const chosen = letters.filter((one) => isChosen(one, values.which));
      const subjects = chosen.map(({ subject, letter }) => subject ?? letter.id);
      const showText =
        chosen.length > 0 && (await mayShowText(stage, values, terminal, { command: 'dead show', subjects }));
      const shown = [];
      for (const one of chosen) {
        const { says, texts } = await sayFirst(stage, one, terminal.cwd);
        shown.push({ ...toJson(one, standing(one)), says, ...(showText && { texts }) });
        if (values.json) continue;
        terminal.out(`${one.subject ?? one.letter.id} in ${one.conversationSid}: ${says}`);
        if (showText) for (const text of texts) terminal.out(`  ${text}`);
      }
      if (values.json) terminal.out(JSON.stringify({ letters: shown }));
      else if (chosen.length === 0)
        terminal.err(`There is no such dead letter. Next: ${parleyLine('dead list', stage)}`);
      return chosen.length === 0 ? FAILED : DONE;
    }),
});
