import * as z from 'zod/mini';
import { listOf, say, show } from '../shapes.ts';
import type { ConditionForm } from './condition-form.ts';

const MIME = /^[a-z]+\/(?:\*|[a-z0-9][a-z0-9.+-]*)$/i;

export const media: ConditionForm<readonly (string | boolean)[], boolean | readonly string[]> = {
  about: 'A file comes with the message: true for any, false for none, or a MIME type such as image/*.',
  shape: listOf(z.union([z.boolean(), z.string().check(z.regex(MIME, say(notMedia)))], say(notMedia))),
  ofMessage: true,
  check: (given, spot) => {
    if (given.length < 2 || given.every((item) => typeof item === 'string')) return;
    spot.problem('true and false stand alone. Write one of them, or a list of MIME types.');
  },
  compile: (given) => {
    const types = given.filter((item) => typeof item === 'string').map((type) => type.toLowerCase());
    return types.length > 0 ? types : given[0] === true;
  },
};

function notMedia(input: unknown): string {
  return `${show(input)} is not a media condition. Allowed: true, false, or a MIME type such as image/* or application/pdf.`;
}
