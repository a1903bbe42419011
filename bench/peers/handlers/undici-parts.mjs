import Client from 'undici/lib/dispatcher/client.js';
import {
  ANSWERED,
  API_URL,
  answerTo,
  HEADERS,
  isSigned,
  messageForm,
  messagesPath,
  paramsOf,
  REFUSED,
} from './parts/twilio.mjs';

/** The HTTP/1.1 client that parley takes of undici, and fields that are checked by hand. */
const client = new Client(API_URL, { allowH2: false });
const SHAPES = {
  EventType: /^onMessageAdded$/,
  AccountSid: /^AC[0-9a-f]{32}$/,
  ChatServiceSid: /^IS[0-9a-f]{32}$/,
  ConversationSid: /^CH[0-9a-f]{32}$/,
  MessageSid: /^IM[0-9a-f]{32}$/,
  Index: /^\d+$/,
  DateCreated: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
};

export async function handler(event) {
  const params = paramsOf(event);
  if (!isSigned(event, params)) return REFUSED;
  const isMessage = Object.entries(SHAPES).every(([name, shape]) => shape.test(params[name] ?? ''));
  const answer = isMessage ? answerTo(params) : undefined;
  if (answer !== undefined) JSON.parse(await post(messagesPath(params), messageForm(answer)));
  return ANSWERED;
}

function post(path, body) {
  return new Promise((resolve, reject) => {
    const parts = [];
    let status = 0;
    client.dispatch(
      { method: 'POST', path, headers: HEADERS, body },
      {
        onRequestStart: () => {},
        onResponseStart: (_controller, code) => {
          status = code;
        },
        onResponseData: (_controller, part) => {
          parts.push(part);
        },
        onResponseEnd: () =>
          status === 201
            ? resolve(Buffer.concat(parts).toString())
            : reject(new Error(`Twilio said ${status}.`)),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
