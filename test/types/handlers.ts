/**
 * What does not compile, each with the line that says so: `npm run types` fails where one of them would. Template names
 * and variables are those of the shop (bot/rules.yaml), by way of bot/handlers.generated.ts.
 */
import { forget, handlers, handover, media, remember, tag, template, text } from 'parley';
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

// ── Templates ─────────────────────────────────────────────────────────────────────────────────────────────────────────

template('welcome');
template('order_status', { order: '12345' });
// @ts-expect-error there is no such template
template('order_state', { order: '12345' });
// @ts-expect-error a variable is missing
template('order_status', {});
// @ts-expect-error all of them are
template('order_status');
// @ts-expect-error the template has no such variable
template('order_status', { order: '12345', day: 'Monday' });
// @ts-expect-error it has none at all
template('welcome', { order: '12345' });
// @ts-expect-error a number where text belongs
template('order_status', { order: 12345 });

// ── Other actions ─────────────────────────────────────────────────────────────────────────────────────────────────────

// @ts-expect-error a number where text belongs
text(12345);
// @ts-expect-error "split" is true or false
text('x', { split: 'yes' });
// @ts-expect-error the SID is missing
media();
// @ts-expect-error no call of the shop remembers anything
remember({ order: '12345' });
// @ts-expect-error nor forgets it
forget('order');
forget('all');
// @ts-expect-error a number where text belongs
tag({ order: 12345 });
// @ts-expect-error hours are a number
handover({ hours: '8h' });

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
// @ts-expect-error what is recorded goes by URL
converse({ rules: 'version: 1' }, { json: [] });
// @ts-expect-error the handlers are given as such, not as a list
converse({ rules: 'version: 1', handlers: [] });
