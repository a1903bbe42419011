/**
 * What does not compile, each with the line that says so: `npm run types` fails where one of them would. Nothing here
 * depends on what the project's bot/ says; the names of templates are those of a bot of their own (own-bot/).
 */
import { handlers, text } from 'parley';
import { converse } from 'parley/testing';

interface OwnBot {
  readonly templates: Readonly<Record<never, never>>;
  readonly calls: {
    readonly look: { readonly with: 'number' | 'day'; readonly event: 'onMessageAdded' };
    readonly greet: { readonly with: never; readonly event: 'onParticipantAdded' };
  };
  readonly remembered: never;
}

const good = {
  look: ({ number, day }: { readonly number: string; readonly day: string }) => text(number + day),
  greet: () => undefined,
};

// ── Handlers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

handlers<OwnBot>(good);
// @ts-expect-error a rule calls "greet", and nothing answers
handlers<OwnBot>({ look: good.look });
// @ts-expect-error no rule calls "other"
handlers<OwnBot>({ ...good, other: () => undefined });
handlers<OwnBot>({
  ...good,
  // @ts-expect-error the rule gives it no "order"
  look: ({ order }) => text(order),
});
handlers<OwnBot>({
  ...good,
  // @ts-expect-error what it is given is text
  look: ({ number }: { readonly number: number }) => text(String(number)),
});
handlers<OwnBot>({
  ...good,
  // @ts-expect-error it returns actions, and no text
  look: ({ number }) => number,
});
handlers<OwnBot>({
  ...good,
  // @ts-expect-error this is not what a template is
  look: () => ({ kind: 'template', template: 'welcome' }),
});

// ── What a handler gets ───────────────────────────────────────────────────────────────────────────────────────────────

handlers<OwnBot>({
  look: async (_, { event, json, log, memory, key, signal, remainingMs }) => {
    const order = await json<{ readonly day: string }>('https://shop.example/1');
    // @ts-expect-error it may not be there
    text(order.day);
    await json('https://shop.example/1', { method: 'patch', body: { day: 'Monday' } });
    // @ts-expect-error a method that cannot be sent
    await json('https://shop.example/1', { method: 'HEAD' });
    // @ts-expect-error what is remembered may not be there
    text(memory['day']);
    const dates = await json<readonly string[]>('https://shop.example/dates', { method: order && 'POST' });
    log({ count: dates?.length });
    // @ts-expect-error words have no way into a log
    log({ message: event.Body });
    // @ts-expect-error nor have they by a name that is allowed
    log({ count: event.Body });
    return [text(`${event.Body}${key}`), text(String(signal.aborted && remainingMs()))];
  },
  greet: (_, { event }) => {
    // @ts-expect-error who joins has written nothing
    text(event.Body);
    return text(event.ParticipantSid);
  },
});

// ── Tests ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

converse({ rules: 'version: 1', handlers: handlers<OwnBot>(good) });
interface Parcel {
  readonly day: string;
}
const parcel: Parcel = { day: 'Monday' };
converse(
  { rules: 'version: 1' },
  {
    json: {
      'https://shop.example/1': parcel,
      'https://shop.example/2': [7, null],
      'https://shop.example/3': undefined,
      'https://shop.example/4': async ({ url, body }) => ({ status: url === body ? 200 : 503, after: '3s' }),
      // @ts-expect-error a request has no path
      'https://shop.example/5': ({ path }) => ({ body: String(path) }),
    },
  },
);
// @ts-expect-error what is recorded goes by URL
converse({ rules: 'version: 1' }, { json: [] });
// @ts-expect-error the handlers are given as such, not as a list
converse({ rules: 'version: 1', handlers: [] });
