import { DONE, defineCommand, FAILED } from '../command.ts';
import { several } from '../option.ts';
import { mayShowText } from '../stage/change.ts';
import { withStage } from '../stage/open-stage.ts';
import { showTextOptions, stageOptions } from '../stage/stage-options.ts';
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
  exits: { done: 'they are shown, or there are none', failed: 'there is no such dead letter' },
  run: (values, terminal) =>
    withStage(values, async (stage) => {
      const { chooseLetters, standing, tellUnknown } = await import('../dead/read-letters.ts');
      const { sayFirst } = await import('../dead/say-first.ts');
      const { toJson } = await import('./dead-list.ts');
      const letters = await chooseLetters(stage, values.which);
      const { chosen, unknown } = letters;
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
      if (values.json) terminal.out(JSON.stringify({ letters: shown, unknown }));
      else if (chosen.length === 0 && unknown.length === 0) terminal.out('There are no dead letters.');
      tellUnknown(stage, letters, terminal);
      return unknown.length === 0 ? DONE : FAILED;
    }),
});
