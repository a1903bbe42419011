import type { RenderedContent } from '../../../../emulator/index.ts';
import { Linked } from './linked.tsx';
import { LocationView } from './location-view.tsx';
import { RemotePicture } from './media-view.tsx';
import { textOf, textsOf } from './read-fields.ts';

/** A content template as its channel draws it: https://www.twilio.com/docs/content/content-types-overview */
export function ContentView({ content }: { readonly content: RenderedContent }) {
  const { type, fields, body } = content;
  if (type === 'twilio/location') return <LocationView fields={fields} />;
  const header = textOf(fields, 'header_text');
  const small = [textOf(fields, 'subtitle'), textOf(fields, 'footer')].flatMap((line) => line ?? []);
  return (
    <>
      {textsOf(fields, 'media').map((address) => (
        <RemotePicture key={address} address={address} />
      ))}
      {header !== undefined && <p class="text card-title">{header}</p>}
      {body !== null && (
        <p class={type === 'twilio/card' ? 'text card-title' : 'text'}>
          <Linked text={body} />
        </p>
      )}
      {small.map((line) => (
        <p key={line} class="subtitle">
          {line}
        </p>
      ))}
    </>
  );
}
