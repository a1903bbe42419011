import { defineCommand } from '../command.ts';
import { withStage } from '../stage/open-stage.ts';
import { stageOptions } from '../stage/stage-options.ts';

/** `parley addresses check` */
export const check = defineCommand({
  name: 'check',
  summary:
    'Say whether messages to your numbers and senders make conversations in this service, and once only.',
  options: stageOptions,
  examples: [['parley addresses check --stage prod', 'each by its SID; no number is printed']],
  exits: { done: 'each is as it should be; warnings do not change that', failed: 'one is not' },
  run: (values, terminal) =>
    withStage(values, async (stage) => {
      const { lookAtStage } = await import('../doctor/look.ts');
      const { addressFindings } = await import('../addresses/address-findings.ts');
      const { reportFindings } = await import('../doctor/report-findings.ts');
      const look = lookAtStage(stage, terminal.cwd);
      const all = await look.addresses();
      const addresses = all.map(({ sid, type, auto_creation: auto }) => ({
        sid,
        type,
        makesConversations: auto?.enabled === true,
        serviceSid: auto?.conversation_service_sid ?? null,
      }));
      const lines = addresses.map(
        ({ sid, type, serviceSid }) =>
          `${sid} (${type}): conversations in ${serviceSid ?? 'the default service'}`,
      );
      const good = lines.length === 0 ? 'No address makes conversations by itself.' : lines.join('\n');
      return reportFindings(addressFindings(look, all), values, terminal, { good, facts: { addresses } });
    }),
});
