import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withFolder } from '../cli/support.ts';
import { ownTests } from './own-tests.ts';

it('tests beside the rules of a bot are run, but for those of another test runner', () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, 'bot', 'dates'), { recursive: true });
    const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
    write('bot/handlers.test.ts', "import { expect, test } from 'vitest';\n");
    write('bot/dates/free.test.ts', 'import { test } from "vitest";\n');
    write('bot/orders.test.ts', "import { test } from 'node:test';\n");
    write('bot/handlers.ts', "import { expect } from 'vitest';\n");
    write('other.test.ts', "import { test } from 'vitest';\n");
    expect([...ownTests(folder)].sort()).toEqual(['bot/dates/free.test.ts', 'bot/handlers.test.ts']);
    expect(ownTests(join(folder, 'nowhere'))).toEqual([]);
  }));
