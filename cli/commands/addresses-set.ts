import { defineCommand, FAILED, MISUSED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { option } from '../option.ts';
import { withStage } from '../stage/open-stage.ts';
import { changeOptions, stageOptions } from '../stage/stage-options.ts';
import { parleyLine } from '../stage/suggest.ts';
import { sidOf } from '../values.ts';
import { wrongValue } from '../wrong-value.ts';

/** `parley addresses set IG…` */
export const set = defineCommand({
  name: 'set',
  summary: 'Have messages to an address make conversations in this service, without a webhook of their own.',
  operands: { address: option('which, as "parley addresses check" names it', sidOf('IG', 'an address')) },
  options: {
    service: option('in which of the services (default: the first)', sidOf('IS', 'a service')),
    ...stageOptions,
    ...changeOptions,
  },
  examples: [
    [`parley addresses set IG${'0'.repeat(32)} --stage prod --reason "the bot takes over"`, 'one address'],
  ],
  exits: { done: 'it is so', failed: 'there is no such address, or somebody said no' },
  run: async ({ address, service, ...values }, terminal) => {
    if (address === undefined) throw new CommandError(MISUSED, 'address is missing: expected its SID, IG….');
    return withStage(values, async (stage) => {
      const { lookAtStage } = await import('../doctor/look.ts');
      const { changeEach } = await import('../stage/change-each.ts');
      const { tellChanged } = await import('../stage/tell-changed.ts');
      const { updateAddress } = await import('../../lib/twilio/addresses.ts');
      const look = lookAtStage(stage, terminal.cwd);
      const serviceSid = service ?? look.serviceSids[0] ?? '';
      if (!look.serviceSids.includes(serviceSid)) {
        const services = look.serviceSids.join(' or ');
        throw wrongValue('--service', serviceSid, `a service that this bot answers: ${services}`);
      }
      if ((await look.addresses()).every(({ sid }) => sid !== address)) {
        throw new CommandError(
          FAILED,
          `The account has no address ${address}. To list them: ${parleyLine('addresses check', stage)}`,
        );
      }
      const order = `Have ${address} make conversations in ${serviceSid}.`;
      const act = () => updateAddress(stage.twilio, address, serviceSid);
      const changed = await changeEach(stage, values, terminal, {
        command: 'addresses set',
        steps: [{ order, act }],
      });
      return tellChanged(changed, values, terminal, { address, serviceSid });
    });
  },
});
