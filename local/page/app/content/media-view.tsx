import type { MediaItem } from '../model/model.ts';
import { formatBytes } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';

/** A file that was sent: shown, played, or offered. */
export function MediaView({ item }: { readonly item: MediaItem }) {
  const { sid, content_type, filename, size } = item;
  const address = `/media/${sid}`;
  const name = filename ?? content_type;
  if (content_type.startsWith('image/')) return <img class="media" src={address} alt={name} />;
  if (content_type.startsWith('audio/')) {
    // biome-ignore lint/a11y/useMediaCaption: whoever records a voice note writes no captions
    return <audio class="media" src={address} controls aria-label={name} />;
  }
  if (content_type.startsWith('video/')) {
    // biome-ignore lint/a11y/useMediaCaption: nor for what a customer films
    return <video class="media" src={address} controls aria-label={name} />;
  }
  return (
    <a class="file" href={address} download={filename ?? sid}>
      <Icon name="file" />
      <span>
        {name} <span class="quiet">{formatBytes(size)}</span>
      </span>
    </a>
  );
}

/** A picture elsewhere on the web, which a customer would see and this page does not fetch. */
export function RemotePicture({ address }: { readonly address: string }) {
  return (
    <a class="remote-picture" href={address} target="_blank" rel="noreferrer noopener">
      <Icon name="image" />
      <span>{address.replace(/^https?:\/\//, '')}</span>
    </a>
  );
}
