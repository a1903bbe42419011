/**
 * What does not compile of templates and other actions, by the names that the build writes of a bot's rules (bot.generated.ts).
 * It is compiled by itself, so it holds whatever the project's bot/ says.
 */

import { forget, handlers, handover, media, remember, tag, template, text } from 'parley';
import type {} from './bot.generated.ts';

/** Of which the compiler does not know which it is. */
declare const either: {
  readonly likes: 'order_status' | 'parcel';
  readonly others: 'order_status' | 'visit';
  readonly orNone: 'order_status' | 'welcome';
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

template(either.likes, { order: '12345' });
// @ts-expect-error one of the two takes a day
template(either.others, { order: '12345' });
// @ts-expect-error one of the two takes an order
template(either.others, { order: '12345', day: 'Monday' });
// @ts-expect-error one of the two takes none
template(either.orNone, { order: '12345' });
// @ts-expect-error and the other one does
template(either.orNone);

// ── Other actions ─────────────────────────────────────────────────────────────────────────────────────────────────────

// @ts-expect-error a number where text belongs
text(12345);
// @ts-expect-error "split" is true or false
text('x', { split: 'yes' });
// @ts-expect-error the SID is missing
media();
remember({ day: 'Monday' });
// @ts-expect-error no call remembers this
remember({ order: '12345' });
// @ts-expect-error a number where text belongs
remember({ day: 12345 });
// @ts-expect-error there is nothing to remember
remember();
forget('day', 'time');
// @ts-expect-error nor forgets it
forget('order');
// @ts-expect-error "all" stands alone
forget('all', 'day');
forget('all');
// @ts-expect-error a number where text belongs
tag({ order: 12345 });
// @ts-expect-error hours are a number
handover({ hours: '8h' });

// ── Handlers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

handlers({
  look: ({ number, day }) => text(number + day),
  greet: (_, { event }) => text(event.ParticipantSid),
});
// @ts-expect-error a rule calls "greet", and nothing answers
handlers({ look: ({ number, day }) => text(number + day) });
// @ts-expect-error the rules give it no "order"
handlers({ look: ({ order }) => text(order), greet: () => undefined });
