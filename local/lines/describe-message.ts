import type { RenderedContent, ResourceHappening } from '../../emulator/index.ts';
import type { Line } from './line.ts';
import type { CustomerNames } from './name-customers.ts';
import { cut, printable } from './printable.ts';

/** Characters of a text that are enough to know it by. */
const SHOWN = 60;

/** A message that somebody wrote, or that the bot sent. It is this machine's own, as what the page shows. */
export function describeMessage({ resource, content }: ResourceHappening, names: CustomerNames): Line {
  const who = names.of(resource['conversation_sid']);
  const author = String(resource['author']);
  const media = (resource['media'] as readonly { readonly content_type: string }[] | null) ?? [];
  const { body } = (content as RenderedContent | undefined) ?? { body: resource['body'] };
  const said = [
    ...media.map(({ content_type }) => `[${content_type}]`),
    ...(typeof body === 'string' && body !== '' ? [`"${cut(body, SHOWN)}"`] : []),
  ];
  const by = author === who ? '' : `${author}: `;
  return { kind: 'message', who, text: printable(`${by}${said.join(' ') || 'an empty message'}`) };
}
