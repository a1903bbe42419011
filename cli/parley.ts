import type { Group } from './command.ts';
import { addresses } from './commands/addresses.ts';
import { dead } from './commands/dead.ts';
import { doctor } from './commands/doctor.ts';
import { explain } from './commands/explain.ts';
import { forget } from './commands/forget.ts';
import { handback } from './commands/handback.ts';
import { mode } from './commands/mode.ts';
import { mute, unmute } from './commands/mute.ts';
import { prove } from './commands/prove.ts';
import { recover } from './commands/recover.ts';
import { replay } from './commands/replay.ts';
import { rollback } from './commands/rollback.ts';
import { rules } from './commands/rules.ts';
import { secrets } from './commands/secrets.ts';
import { status } from './commands/status.ts';
import { talks } from './commands/talks.ts';
import { templates } from './commands/templates.ts';
import { webhooks } from './commands/webhooks.ts';

/** `npx parley`. A new command needs its file in commands/ and its name here. */
export const parley: Group = {
  name: 'parley',
  summary: 'A reply bot for Twilio Conversations.',
  commands: [
    addresses,
    dead,
    doctor,
    explain,
    forget,
    handback,
    mode,
    mute,
    prove,
    recover,
    replay,
    rollback,
    rules,
    secrets,
    status,
    talks,
    templates,
    unmute,
    webhooks,
  ],
};
