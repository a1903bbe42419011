import { defineCommand, MISUSED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { flag, option } from '../option.ts';
import { SECRETS } from '../secrets/secret-names.ts';
import { withStage } from '../stage/open-stage.ts';
import { changeOptions, stageOptions } from '../stage/stage-options.ts';
import { oneOf } from '../values.ts';

/** `parley secrets rotate auth-token|api-key` */
export const rotate = defineCommand({
  name: 'rotate',
  summary: 'Replace what signs webhooks or the API key, step by step, with nothing refused in between.',
  operands: { secret: option('which', oneOf('secret', SECRETS)) },
  options: {
    finish: flag('the second step for an auth token, after Twilio promoted it'),
    abandon: flag('take the first step back'),
    ...stageOptions,
    ...changeOptions,
  },
  examples: [
    [
      'parley secrets rotate auth-token --stage prod --reason "once a year"',
      'asks for the new one; or give it by standard input',
    ],
    [
      'parley secrets rotate auth-token --finish --stage prod --reason "once a year"',
      'after promoting it at Twilio',
    ],
    [
      'parley secrets rotate api-key --stage prod --reason "it leaked"',
      '{"apiKeySid":"SK…","apiKeySecret":"…"}',
    ],
  ],
  exits: {
    done: 'the step is done; the next one is named',
    failed: 'it cannot be done yet, or somebody said no',
  },
  run: async ({ secret: name, finish, abandon, ...values }, terminal) => {
    if (name === undefined) {
      throw new CommandError(MISUSED, `secret is missing: expected ${SECRETS.join(' or ')}.`);
    }
    if ((finish || abandon) && name === 'api-key') {
      throw new CommandError(MISUSED, 'An API key is rotated in one step, without --finish and --abandon.');
    }
    if (finish && abandon) {
      throw new CommandError(MISUSED, 'Expected --finish or --abandon, not both.');
    }
    return withStage(values, async (stage) => {
      const { lookAtStage } = await import('../doctor/look.ts');
      const { needAws, secretOf } = await import('../secrets/which-secret.ts');
      const rotation = await import('../secrets/rotation.ts');
      const { changeEach } = await import('../stage/change-each.ts');
      const { tellChanged } = await import('../stage/tell-changed.ts');
      const aws = needAws(stage);
      const rotating = { aws, look: lookAtStage(stage, terminal.cwd), secret: secretOf(stage, name) };
      const plan = async () => {
        if (finish) return rotation.finishTokenRotation(rotating);
        if (abandon) return rotation.abandonTokenRotation(rotating);
        const text = await readSecretText(terminal, name);
        return name === 'api-key'
          ? rotation.rotateApiKey(rotating, text)
          : rotation.beginTokenRotation(rotating, text);
      };
      const { order, act, next } = await plan();
      const changed = await changeEach(stage, values, terminal, {
        command: `secrets rotate ${name}`,
        steps: [{ order, act }],
      });
      if (changed.ended === 'done' && !values.json) terminal.out(`Next: ${next}`);
      return tellChanged(changed, values, terminal, { step: order, next });
    });
  },
});

/** Never from an argument: those stand in the shell's history, and every process can read them. */
async function readSecretText({ secret }: Terminal, name: string): Promise<string> {
  const text = (await secret?.(`The new ${name}, which is not shown: `))?.trim() ?? '';
  if (text !== '') return text;
  throw new CommandError(
    MISUSED,
    `The new ${name} is missing: type it when asked, or give it by standard input.`,
  );
}
