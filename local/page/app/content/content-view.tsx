import type { RenderedContent } from '../../../../emulator/index.ts';
import { Linked } from './linked.tsx';
import { LocationView } from './location-view.tsx';
import { RemotePicture } from './media-view.tsx';
import { textOf, textsOf } from './read-fields.ts';

/** A content template as its channel draws it: https://www.twilio.com/docs/content/content-types-overview */
export function ContentView({ content }: { readonly content: RenderedContent }) {
  const { type, fields, body } = content;
  if (type === 'twilio/location') return <LocationView fields={fields} />;
  const subtitle = textOf(fields, 'subtitle');
  return (
    <>
      {textsOf(fields, 'media').map((address) => (
        <RemotePicture key={address} address={address} />
      ))}
      {body !== null && (
        <p class={type === 'twilio/card' ? 'text card-title' : 'text'}>
          <Linked text={body} />
        </p>
      )}
      {subtitle !== undefined && <p class="subtitle">{subtitle}</p>}
    </>
  );
}
