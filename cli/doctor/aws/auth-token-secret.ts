import { parseSigningKeys } from '../../../lib/aws/parse-secret.ts';
import { awsCheck } from '../check.ts';
import { secretFindings } from './secret-findings.ts';

export const authTokenSecret = awsCheck({
  id: 'auth-token-secret',
  what: 'The secret with what signs webhooks can be read, and holds an auth token or a shared key',
  why: 'Without it every webhook is answered with 503, and lost.',
  run: (aws, look) =>
    secretFindings(aws, look, {
      secretId: look.stage.settings.receive['TWILIO_AUTH_TOKEN_SECRET_ID'] ?? '',
      parse: parseSigningKeys,
      which: 'auth-token',
    }),
});
