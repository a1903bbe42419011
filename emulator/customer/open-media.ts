import type { Core } from '../core.ts';
import type { Media } from '../state.ts';

/** What a phone or a chat window gets when it shows a media item; no request that a fault could hit. */
export function openMedia(
  core: Core,
  mediaSid: string,
): Pick<Media, 'content_type' | 'filename' | 'bytes'> | undefined {
  for (const { media } of core.state.services.items) {
    const found = media.get(mediaSid);
    if (found !== undefined) return found;
  }
  return undefined;
}
