import { type Call, created, gone, ok, type Route, serviceOf } from '../call.ts';
import type { Core } from '../core.ts';
import { restDate } from '../dates.ts';
import { MEDIA_BYTES } from '../limits.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import type { Resource } from '../show.ts';
import type { Media, Service } from '../state.ts';
import { addMedia } from './add-media.ts';

/** Twilio's media service (mcs.us1.twilio.com), which no SDK and no OpenAPI file describes. */

export const uploadMedia: Route = (core, call) => {
  const service = serviceOf(core, call);
  const { body, headers } = call.request;
  if (body.length === 0) throw new RefusalError(20001, 'Invalid parameter: the body is empty');
  if (body.length > MEDIA_BYTES) throw new RefusalError(50512);
  const content_type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!/^[a-z]+\/[a-z0-9.+-]+$/.test(content_type)) throw new RefusalError(50511);
  const filename = call.query.get('Filename') ?? call.query.get('filename');
  const author = call.query.get('Author') ?? 'system';
  const media = addMedia(core, service, { content_type, filename, author, bytes: body });
  return created(showMedia(core, call, service, media));
};

export const fetchMedia: Route = (core, call) => {
  const { service, media } = mediaOf(core, call);
  return ok(showMedia(core, call, service, media));
};

export const deleteMedia: Route = (core, call) => {
  const { service, media } = mediaOf(core, call);
  service.media.delete(media.sid);
  return gone;
};

/** What `links.content_direct_temporary` leads to; a browser fetches it without credentials. */
export const downloadMedia: Route = (core, call) => {
  const { media } = mediaOf(core, call);
  return { status: 200, bytes: media.bytes, headers: { 'content-type': media.content_type, ...SANDBOX } };
};

/** Uploaded HTML or SVG must not run as a page of the local world. */
const SANDBOX = { 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' };

function mediaOf(core: Core, call: Call): { service: Service; media: Media } {
  const service = serviceOf(core, call);
  const sid = call.params['MediaSid'] ?? '';
  const media = service.media.get(sid);
  if (media === undefined) throw notFound(`/Services/${service.sid}/Media/${sid}`);
  return { service, media };
}

function showMedia(core: Core, { origin }: Call, service: Service, media: Media): Resource {
  const url = `${origin}/v1/Services/${service.sid}/Media/${media.sid}`;
  return {
    sid: media.sid,
    service_sid: service.sid,
    account_sid: core.state.account_sid,
    channel_sid: null,
    message_sid: media.message_sid,
    author: media.author,
    content_type: media.content_type,
    filename: media.filename,
    size: media.bytes.length,
    is_multipart_upstream: false,
    category: 'media',
    date_created: restDate(media.date_created),
    date_updated: restDate(media.date_created),
    date_upload_updated: restDate(media.date_created),
    url,
    links: { content: `${url}/Content`, content_direct_temporary: `${url}/Content/${temporaryKey(media)}` },
  };
}

/** Stands in for the signature of Twilio's short-lived links. */
function temporaryKey(media: Media): string {
  return media.sid.slice(2).split('').reverse().join('');
}

export const downloadTemporary: Route = (core, call) => {
  const { media } = mediaOf(core, call);
  if (call.params['Key'] !== temporaryKey(media)) throw new RefusalError(20003);
  return downloadMedia(core, call);
};
