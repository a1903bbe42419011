import * as z from 'zod/mini';
import { sidPattern } from '../../../sid.ts';
import { compileBody } from '../compile-text.ts';
import { text as words } from '../shapes.ts';
import type { ActionForm } from './action-form.ts';

/** An uploaded file, alone or with a text. */
export const media: ActionForm<string, { readonly text?: string }> = {
  value: words.check(
    z.regex(
      sidPattern('ME'),
      'A media SID is ME followed by 32 hexadecimal digits, as an upload returns it.',
    ),
  ),
  options: { text: { shape: words } },
  compile: (MediaSid, { text }, scope, spot) => {
    if (text === undefined) return [{ kind: 'media', MediaSid }];
    return [{ kind: 'media', MediaSid, Body: compileBody(text, false, scope, spot.at('text')) }];
  },
};
