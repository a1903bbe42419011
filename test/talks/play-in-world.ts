import type { Resource } from '../../emulator/index.ts';
import { readMarker } from '../../lib/event/marker.ts';
import { subjectOf } from '../../lib/event/subject.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import { type BotStep, startWorld, type World } from '../../local/world.ts';
import { CUSTOMER, createPeople, type Member } from '../../talks/play/people.ts';
import { personsOf } from '../../talks/play/persons-of.ts';
import { PROGRAM } from '../../talks/play/stage.ts';
import { toMoments } from '../../talks/play/to-moments.ts';
import type { Happening, Talk } from '../../talks/talk.ts';

/** What the bot made of something that happened, in the local world as in a talk. */
export interface Made {
  readonly outcome: string;
  /** Texts, and SIDs of templates and files, in order. */
  readonly said: readonly string[];
}

/** A bot in the whole local world: Twilio's side, the bundles that go to Lambda, queue and store, its time in our hands. */
export async function startTalkWorld(folder: string, book: RuleBook, talks: readonly Talk[]) {
  const persons = talks.flatMap((talk) => personsOf(talk, book));
  const world = await startWorld({
    port: 0,
    environment: { AGENTS: ['agent-*', ...persons].join(','), PROGRAMS: PROGRAM },
    random: seeded(),
    rulesFolder: folder,
  });
  world.service.timeline.freeze();
  await world.idle();
  return { play: (talk: Talk) => playInWorld(world, talk, new Set(personsOf(talk, book))), stop: world.stop };
}

/** What came of each thing that happened in a talk, whoever is told of it. */
async function playInWorld(world: World, talk: Talk, persons: ReadonlySet<string>): Promise<readonly Made[]> {
  const { service } = world;
  const { timeline, customer } = service;
  const steps: BotStep[] = [];
  const end = world.watch((step) => steps.push(step));
  timeline.move(talk.startsAt - timeline.now());
  const people = createPeople(talk.channel, persons);
  const sids = new Map<string, string>();
  let conversationSid = '';
  const made: Made[] = [];

  /** Who is there for the first time joins, the first customer with the conversation itself. */
  async function come(name: string): Promise<Member> {
    const member = people.come(name);
    if (sids.has(name)) return member;
    const participant = await (conversationSid === '' ? begin(member) : join(member));
    sids.set(name, String(participant['sid']));
    const Attributes = persons.has(name) ? {} : talk.attributes.participant;
    await request('POST', `/Participants/${sids.get(name)}`, { Attributes: JSON.stringify(Attributes) });
    return member;
  }

  async function begin({ author }: Member): Promise<Resource> {
    const { channel } = talk;
    if (channel === 'other') throw new Error('no talk is on another channel');
    const attributes = JSON.stringify(talk.attributes.conversation);
    const begun = await customer.startConversation({ channel, author, attributes });
    conversationSid = String(begun.conversation['sid']);
    return begun.participant;
  }

  /** A rule may have invited them before. */
  async function join({ author }: Member): Promise<Resource> {
    const listed = await request('GET', '/Participants?PageSize=50');
    const { participants } = JSON.parse(listed) as { readonly participants: readonly Resource[] };
    const there = participants.find(({ identity }) => identity === author);
    return there ?? (await customer.join({ conversationSid, identity: author }));
  }

  /** What programs and operators do, with the account's key. */
  async function request(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    form: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { apiKeySid, apiKeySecret, serviceSid } = world.identity;
    const { status, body } = await service.handle({
      method,
      url: `${world.url}/v1/Services/${serviceSid}/Conversations/${conversationSid}${path}`,
      headers: {
        authorization: `Basic ${btoa(`${apiKeySid}:${apiKeySecret}`)}`,
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-webhook-enabled': String(path === '/Messages'),
      },
      body: Buffer.from(new URLSearchParams(form).toString()),
    });
    const text = Buffer.from(body).toString();
    if (status >= 400) throw new Error(text);
    return text;
  }

  /** SID of what it is about; undefined where nobody is told. */
  async function happen(happening: Happening): Promise<unknown> {
    switch (happening.does) {
      case 'says': {
        const { author } = await come(happening.from ?? CUSTOMER);
        const media = happening.media.map((contentType) => ({ contentType }));
        return (await customer.write({ conversationSid, author, body: happening.text || undefined, media }))[
          'sid'
        ];
      }
      case 'taps': {
        const { author } = await come(happening.from ?? CUSTOMER);
        return (await customer.write({ conversationSid, author, body: happening.title }))['sid'];
      }
      case 'agent': {
        if (conversationSid === '') await come(CUSTOMER);
        const { author } = await come(happening.identity);
        return (await customer.write({ conversationSid, author, body: happening.text }))['sid'];
      }
      case 'program': {
        if (conversationSid === '') await come(CUSTOMER);
        const { waits, text } = happening;
        const Attributes = JSON.stringify(waits === undefined ? {} : { parley: { waits } });
        const posted = await request('POST', '/Messages', { Author: PROGRAM, Body: text, Attributes });
        return (JSON.parse(posted) as Resource)['sid'];
      }
      case 'joins':
        await come(happening.name);
        return sids.get(happening.name);
      case 'leaves': {
        const { author } = await come(happening.name);
        await customer.leave({ conversationSid, author });
        return sids.get(happening.name);
      }
      case 'begins':
      case 'fails':
        return undefined;
    }
  }

  try {
    for (const { happening, after } of toMoments(talk.steps)) {
      timeline.move(after);
      await world.idle();
      if (happening === undefined) continue;
      const isComing = happening.does === 'joins';
      if (!isComing) await before(happening);
      await world.idle();
      steps.length = 0;
      const subject = await happen(happening);
      await world.idle();
      made.push(await madeOf(steps, subject));
    }
    await request('DELETE', '');
  } finally {
    end();
  }
  return made;

  /** Whoever writes has come, and what the bot says to that is no part of the talk. */
  async function before(happening: Happening): Promise<void> {
    if (happening.does === 'says' || happening.does === 'taps') await come(happening.from ?? CUSTOMER);
    if (happening.does === 'agent') {
      if (conversationSid === '') await come(CUSTOMER);
      await come(happening.identity);
    }
    if (happening.does === 'program' && conversationSid === '') await come(CUSTOMER);
  }

  async function madeOf(told: readonly BotStep[], subject: unknown): Promise<Made> {
    const finished = told.find((step) => step.kind === 'finished' && subjectOf(step.event) === subject);
    if (finished?.kind !== 'finished') return { outcome: 'unheard', said: [] };
    const { outcome = 'in_flight', reason } = finished.record.finished ?? {};
    return {
      outcome: reason === undefined ? outcome : `${outcome} ${reason}`,
      said: await repliesTo(subject),
    };
  }

  async function repliesTo(subject: unknown): Promise<readonly string[]> {
    const listed = await request('GET', '/Messages?PageSize=100');
    const { messages } = JSON.parse(listed) as { readonly messages: readonly Resource[] };
    return messages
      .filter(({ attributes }) => readMarker(String(attributes))?.in_reply_to === subject)
      .map(({ content_sid, body: text }) => String(content_sid ?? text));
  }
}

function seeded(): () => number {
  let seed = 0;
  return () => {
    seed += 1;
    return (Math.imul(seed, 2_654_435_761) >>> 0) / 2 ** 32;
  };
}
