import type { Core } from '../core.ts';
import type { Media, Service } from '../state.ts';

export function addMedia(
  core: Core,
  service: Service,
  given: Pick<Media, 'content_type' | 'filename' | 'author' | 'bytes'>,
): Media {
  const media: Media = {
    sid: core.newSid('ME'),
    ...given,
    date_created: core.timeline.now(),
    message_sid: null,
  };
  service.media.set(media.sid, media);
  return media;
}
