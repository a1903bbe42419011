import { defineCommand } from '../command.ts';
import { plural } from '../plural.ts';
import { withStage } from '../stage/open-stage.ts';
import { stageOptions } from '../stage/stage-options.ts';

/** `parley templates check` */
export const check = defineCommand({
  name: 'check',
  summary:
    'Compare the templates of the rules with those of the account: SID, types, variables, language, approval.',
  options: stageOptions,
  examples: [['parley templates check --stage prod', 'two requests a template']],
  exits: {
    done: 'they fit; warnings do not change that',
    failed: 'one does not, or the rules have problems',
  },
  run: (values, terminal) =>
    withStage(values, async (stage) => {
      const { lookAtStage } = await import('../doctor/look.ts');
      const { needBook } = await import('../templates/need-book.ts');
      const { templateFindings } = await import('../templates/template-findings.ts');
      const { reportFindings } = await import('../doctor/report-findings.ts');
      const { catalogueEntries } = await import('../templates/catalogue-entries.ts');
      const look = lookAtStage(stage, terminal.cwd);
      const book = await needBook(look);
      const templates = catalogueEntries(book).map(({ name, language, sid }) => ({ name, language, sid }));
      return reportFindings(await templateFindings(look, book), values, terminal, {
        good: `${plural(templates.length, 'template')}: all as the rules count on.`,
        facts: { templates },
      });
    }),
});
