import { templateFindings } from '../../templates/template-findings.ts';
import { type Check, unseen } from '../check.ts';

export const templates: Check = {
  id: 'templates',
  what: 'Every template exists, with the types, the variables and the language that the rules count on',
  why: 'Twilio refuses a reply with a template that it does not have, and its message ends quarantined.',
  run: async (look) => {
    const book = await look.book();
    if (book === undefined) return [unseen('bot/rules.yaml has problems: npx parley rules check.')];
    return templateFindings(look, book);
  },
};
