import { parseApiKey } from '../../../lib/aws/parse-secret.ts';
import { awsCheck } from '../check.ts';
import { secretFindings } from './secret-findings.ts';

export const apiKeySecret = awsCheck({
  id: 'api-key-secret',
  what: 'The secret with the API key can be read, and holds one',
  why: 'Without it nothing is answered: replies wait on the queue.',
  run: (aws, look) =>
    secretFindings(aws, look, {
      secretId: look.stage.settings.reply['TWILIO_API_KEY_SECRET_ID'] ?? '',
      parse: parseApiKey,
      which: 'api-key',
    }),
});
