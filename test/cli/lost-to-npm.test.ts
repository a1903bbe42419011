import { describe, expect, it } from 'vitest';
import { lostToNpm } from '../../cli/lost-to-npm.ts';
import { parley } from '../../cli/parley.ts';
import { exec } from '../../local/exec.ts';
import { say } from '../../local/say.ts';
import { start } from '../../local/start.ts';

// `npm start --port 4100` refused "4100", and `npm start --state=world.json` kept no state, without a word.
describe('an option before which no -- stands', () => {
  it.each([
    [
      start,
      { npm_config_port: 'true' },
      'npm took --port for an option of its own. Write ours after --, as in npm start -- --port <number>',
    ],
    [
      say,
      { npm_config_alone: 'true', npm_config_author: 'true' },
      'npm took --author, --alone for an option of its own. Write ours after --, as in npm run say -- --author <who>',
    ],
    [
      start,
      { npm_config_json: 'true', npm_config_build: 'true' },
      'npm took --json for an option of its own. Write ours after --, as in npm start -- --json',
    ],
  ])('is found in what npm leaves of it', (command, environment, line) => {
    expect(lostToNpm(command, environment)).toBe(line);
  });

  it.each([
    ['npm has left nothing', start, { npm_config_prefix: '/usr' }],
    ['it is empty', start, { npm_config_json: '' }],
    ['npx ran it', parley, { npm_config_port: 'true' }],
    ['another command has looked already', exec, { npm_config_port: 'true' }],
  ])('is not missed where %s', (_, command, environment) => {
    expect(lostToNpm(command, environment)).toBeUndefined();
  });
});
