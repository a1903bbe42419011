import * as z from 'zod/mini';
import type { Core } from '../core.ts';
import type { Content } from '../state.ts';
import { type ContentInput, contentSchema } from './content-types.ts';

/**
 * Adds a template to the catalogue, or puts it in the place of the one that has its SID.
 * @param seed `sid` instead of a made-up one; `approved` as if WhatsApp had approved it already
 * @throws ZodError when `input` is not a template
 */
export function addContent(
  core: Core,
  input: ContentInput,
  seed: { sid?: string; approved?: boolean } = {},
): Content {
  const { friendly_name, language, variables, types } = z.parse(contentSchema, input);
  const now = core.timeline.now();
  const name = friendly_name ?? null;
  const known = core.state.contents.get(seed.sid ?? '');
  const content: Content = {
    sid: seed.sid ?? core.newSid('HX'),
    friendly_name: name,
    language,
    variables: variables ?? {},
    types: types as Content['types'],
    approval: seed.approved === true ? { name: name ?? '', category: 'UTILITY', status: 'approved' } : null,
    date_created: known?.date_created ?? now,
    date_updated: now,
  };
  return known === undefined ? core.state.contents.add(content) : Object.assign(known, content);
}
