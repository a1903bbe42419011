import * as z from 'zod/mini';
import { sidPattern } from '../../../sid.ts';
import { compileBody } from '../compile-text.ts';
import { compileLocalized, type Given, messageText } from '../localized.ts';
import { say, show, text as words } from '../shapes.ts';
import type { ActionForm } from './action-form.ts';

/** An uploaded file, alone or with a text. */
export const media: ActionForm<string, { readonly text?: Given }> = {
  about: 'Sends a file that was uploaded to Twilio before, by its SID.',
  value: words.check(
    z.regex(
      sidPattern('ME'),
      say(
        (input) =>
          `A media SID is ME followed by 32 hexadecimal digits, as an upload returns it, not ${show(input)}.`,
      ),
    ),
  ),
  options: { text: { about: 'Its caption.', shape: messageText() } },
  mayWait: true,
  compile: (MediaSid, { text }, scope, spot) => {
    if (text === undefined) return { actions: [{ kind: 'media', MediaSid }] };
    const Body = compileLocalized(text, scope.names.languages, spot.at('text'), (one, place) =>
      compileBody(one, false, scope, place),
    );
    return { actions: [{ kind: 'media', MediaSid, Body }] };
  },
};
