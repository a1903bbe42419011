import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SENDABLE_TYPES } from '../../emulator/content/render-content.ts';
import { CONTROL_ROUTES } from '../../emulator/control/control-routes.ts';
import { type Listening, listen } from '../../emulator/http-listener.ts';
import { settingsSchema } from '../../emulator/settings.ts';
import { CURLS } from './run-curl.ts';
import { ACCOUNT_SID, AUTH_TOKEN, startService, type TestService } from './start-service.ts';

const text = readFileSync(fileURLToPath(new URL('../../docs/local-service.md', import.meta.url)), 'utf8');
const commands = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, command = '']) => command.trim());

describe('docs/local-service.md', () => {
  it('lists every setting with its default', () => {
    for (const [name, value] of Object.entries(settingsSchema.parse({}))) {
      const row = text.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${name}\``)) ?? '';
      expect(row).toContain(`\`${name}\``);
      const plain = typeof value === 'object' && value !== null ? undefined : String(value);
      if (plain !== undefined) expect(row).toContain(plain);
    }
  });

  it('lists every kind of fault, and no other', () => {
    const unknown = () => startService().faults.arm({ kind: 'unknown' } as never);
    const kinds = [...errorOf(unknown).matchAll(/'([a-z-]+)'/g)].map(([, kind]) => kind);
    const section = text.slice(text.indexOf('## Faults'), text.indexOf('## Safe'));
    const listed = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind);
    expect(kinds.length).toBeGreaterThan(10);
    // The first row is the table's own heading.
    expect(listed.slice(1)).toEqual(kinds);
  });

  it('lists every route of the control interface, and no other', () => {
    const listed = [...text.matchAll(/`((?:GET|POST|PUT|DELETE) \/control\/[\w/:]+)`/g)].map(
      ([, route]) => route,
    );
    const routes = CONTROL_ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(listed)].sort()).toEqual(routes.sort());
  });

  it('names as many sendable types as there are', () => {
    const row = text.split('\n').find((line) => line.startsWith('| Content |')) ?? '';
    for (const type of SENDABLE_TYPES)
      expect(row).toContain(type.replace('twilio/', '').replaceAll('-', ' '));
  });

  describe.each(CURLS)('its commands, %s', (_how, run) => {
    let service: TestService;
    let listening: Listening;
    beforeAll(async () => {
      service = startService();
      listening = await listen(service, { port: 0 });
    });
    afterAll(() => listening.close());

    it.each(commands)('work: %s', async (command) => {
      const { status } = await run(command.replace('http://127.0.0.1:4000', listening.url), {
        TWILIO_ACCOUNT_SID: ACCOUNT_SID,
        TWILIO_AUTH_TOKEN: AUTH_TOKEN,
        TWILIO_CHAT_SERVICE_SID: service.serviceSid,
      });
      expect([200, 201]).toContain(status);
    });
  });
});

function errorOf(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return String(error);
  }
}
