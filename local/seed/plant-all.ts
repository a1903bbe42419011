import type * as z from 'zod/mini';
import { type ConversationsService, RefusalError } from '../../emulator/index.ts';
import { asMapping } from '../../lib/rules/compile/file-names.ts';
import { show } from '../../lib/rules/compile/shapes.ts';
import type { Spot } from '../../lib/rules/compile/spot.ts';
import { plantTemplate } from './plant-template.ts';
import { listIn, type SeedFile } from './read-seed.ts';
import { conversationShape, messageShape, participantShape, seedShape, serviceShape } from './seed-shapes.ts';

/** Of a service, what a seed needs. */
export type Target = Pick<ConversationsService, 'plant' | 'addContent'>;

/** A piece of the file: as text, as YAML takes it, and where it stands. */
interface Piece {
  readonly written: unknown;
  readonly typed: unknown;
  readonly spot: Spot;
}

/**
 * Puts into an empty service what a seed says. What is wrong with it, its shape or what Twilio would refuse, is told to
 * its spots; the rest is planted all the same, so that everything that is wrong is told at once.
 */
export async function plantAll(service: Target, { written, typed, top }: SeedFile): Promise<void> {
  const whole = { written, typed, spot: top };
  top.check(seedShape, written);
  for (const piece of itemsOf(whole, 'templates')) plantTemplate(service, piece.typed, piece.spot);
  for (const piece of itemsOf(whole, 'services')) await plantService(service, piece);
}

async function plantService(service: Target, piece: Piece): Promise<void> {
  const given = check(piece, serviceShape);
  const { sid, friendly_name: friendlyName } = given ?? {};
  const serviceSid =
    given && (await attempt(piece.spot, async () => service.plant.service({ sid, friendlyName })));
  for (const conversation of itemsOf(piece, 'conversations')) {
    await plantConversation(service, serviceSid, conversation);
  }
}

async function plantConversation(
  service: Target,
  serviceSid: string | undefined,
  piece: Piece,
): Promise<void> {
  const given = check(piece, conversationShape);
  const {
    sid,
    friendly_name: friendlyName,
    unique_name: uniqueName,
    date_created: dateCreated,
  } = given ?? {};
  const planted = { sid, friendlyName, uniqueName, dateCreated, attributes: attributesOf(piece) };
  const conversationSid =
    given && serviceSid && (await attempt(piece.spot, () => service.plant.conversation(serviceSid, planted)));
  const names: string[] = [];
  for (const participant of itemsOf(piece, 'participants')) {
    names.push(...(await plantParticipant(service, conversationSid, participant)));
  }
  for (const message of itemsOf(piece, 'messages')) {
    await plantMessage(service, conversationSid, names, message);
  }
}

/** @returns the name under which this participant writes */
async function plantParticipant(
  service: Target,
  conversationSid: string | undefined,
  piece: Piece,
): Promise<readonly string[]> {
  const given = check(piece, participantShape);
  if (given === undefined) return [];
  const { identity, address, proxy_address: proxyAddress } = given;
  const { spot } = piece;
  if ((identity === undefined) === (address === undefined)) {
    spot.problem('A participant has either an identity or an address: give one of the two.');
    return [];
  }
  if (identity !== undefined && proxyAddress !== undefined) {
    spot.at('proxy_address').keyProblem('"proxy_address" goes with "address". Leave it out.');
    return [identity];
  }
  if (conversationSid !== undefined) {
    const planted = { identity, address, proxyAddress, attributes: attributesOf(piece) };
    await attempt(spot, () => service.plant.participant(conversationSid, planted), ADDRESS_FAULTS);
  }
  return [identity ?? address ?? ''];
}

async function plantMessage(
  service: Target,
  conversationSid: string | undefined,
  names: readonly string[],
  piece: Piece,
): Promise<void> {
  const given = check(piece, messageShape);
  if (given === undefined) return;
  const { author, body, date_created: dateCreated } = given;
  const writer = author === undefined ? undefined : names.find((name) => isNamed(name, author));
  if (author !== undefined && writer === undefined && /^\+|[:@]/.test(author)) {
    const known = names.length === 0 ? 'it has none yet' : `they are ${names.join(', ')}`;
    piece.spot
      .at('author')
      .problem(
        `${show(author)} is not a participant of this conversation: ${known}. Any other name, such as parley, is a program's.`,
      );
    return;
  }
  if (conversationSid === undefined) return;
  const planted = { author: writer ?? author, body, dateCreated, attributes: attributesOf(piece) };
  await attempt(piece.spot, () => service.plant.message(conversationSid, planted));
}

/** `+1555…` names the participant at `whatsapp:+1555…` too. */
function isNamed(name: string, author: string): boolean {
  return name === author || name.endsWith(`:${author}`);
}

/** The items of a list that may be left out. */
function itemsOf({ written, typed, spot }: Piece, key: string): readonly Piece[] {
  const list = asMapping(written)[key];
  if (list !== undefined && list !== '' && !Array.isArray(list)) {
    spot.at(key).problem(`"${key}" must be a list, not ${show(list)}. Begin each item with "- ".`);
  }
  const typedItems = listIn(typed, key);
  return listIn(written, key).map((item, at) => ({
    written: item,
    typed: typedItems[at],
    spot: spot.at(key, at),
  }));
}

function check<T>({ spot, written }: Piece, shape: z.ZodMiniType<T>): T | undefined {
  return spot.check(shape, written);
}

/** As JSON, with numbers as numbers. */
function attributesOf({ typed }: Piece): string | undefined {
  const attributes = asMapping(typed)['attributes'];
  return attributes === undefined ? undefined : JSON.stringify(attributes);
}

interface At {
  readonly key: string;
  readonly fix: string;
}

const ADDRESSES =
  'Expected one such as +15550100001, whatsapp:+15550100001, rcs:+15550100001, messenger:1234567890 or ana@example.com.';

/** Where what Twilio refuses of a participant stands, by its code, and how to fix it. */
const ADDRESS_FAULTS: Readonly<Record<number, At>> = {
  50407: { key: 'address', fix: ADDRESSES },
  50408: { key: 'proxy_address', fix: ADDRESSES },
  50409: { key: 'proxy_address', fix: "It is the business's address, at which the customer writes." },
  50414: { key: 'proxy_address', fix: 'Both are addresses of one channel.' },
};

/** Tells what Twilio would refuse at its place. */
async function attempt<T>(
  spot: Spot,
  plant: () => Promise<T>,
  places: Readonly<Record<number, At>> = {},
): Promise<T | undefined> {
  try {
    return await plant();
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    const { key, fix } = places[error.twilioCode] ?? {};
    const place = key === undefined ? spot : spot.at(key);
    place.problem(
      `Twilio refuses this: ${error.message} (${error.twilioCode}).${fix === undefined ? '' : ` ${fix}`}`,
    );
    return undefined;
  }
}
