import { describe, expect, it } from 'vitest';
import { tellLanguage } from '../../../lib/rules/match/tell-language.ts';
import type { ReadLanguage } from '../../../lib/rules/memory.ts';

const NOW = Date.UTC(2026, 10, 20);
const DAY = 86_400_000;
const LANGUAGES = ['en', 'de', 'pt-BR'];

/** What is told of ana where Twilio's attributes say `said`; undefined says nothing, null was not read. */
function tell(said: readonly (string | null | undefined)[], memory: object = {}, languages = LANGUAGES) {
  const asked: string[] = [];
  const told = tellLanguage(languages, memory, 'ana', NOW, (path) => {
    asked.push(path);
    return said[asked.length - 1];
  });
  return { told, asked };
}

const kept = (over: Partial<ReadLanguage>) => ({
  language: { of: 'ana', language: 'de', at: NOW - 1, ...over },
});

describe('a conversation’s language', () => {
  it('is the only one there is, and nothing is asked', () => {
    expect(tell(['de'], kept({}), ['en'])).toEqual({ told: { language: 'en' }, asked: [] });
  });

  it('is what is remembered, before anything that was read', () => {
    const memory = { values: { language: 'pt-BR' }, ...kept({}) };
    expect(tell([], memory)).toEqual({ told: { language: 'pt-BR' }, asked: [] });
  });

  it('is what was read of the same person less than a day ago', () => {
    expect(tell([], kept({ at: NOW - DAY + 1 }))).toEqual({ told: { language: 'de' }, asked: [] });
    expect(tell(['pt'], kept({ at: NOW - DAY })).told).toMatchObject({ language: 'pt-BR' });
    expect(tell(['pt'], kept({ of: 'ben' })).told).toMatchObject({ language: 'pt-BR' });
  });

  it('is the first where what was read is none of the file’s any more', () => {
    expect(tell(['de'], kept({ language: 'fr' }))).toEqual({ told: { language: 'en' }, asked: [] });
  });

  it('is what the participant says, else the conversation, and is kept as they say it', () => {
    const [first, second] = ['participant.attributes.language', 'conversation.attributes.language'];
    expect(tell(['de-AT'])).toEqual({
      told: { language: 'de', read: { of: 'ana', language: 'de-AT', at: NOW } },
      asked: [first],
    });
    expect(tell(['fr', 'pt'])).toEqual({
      told: { language: 'pt-BR', read: { of: 'ana', language: 'pt', at: NOW } },
      asked: [first, second],
    });
  });

  it('is kept by sixteen characters at most', () => {
    expect(tell(['de-AT-x-anything-else']).told.read?.language).toBe('de-AT-x-anything');
  });

  it('is the first where nobody says one, which is kept too, and where it could not be read, which is not', () => {
    expect(tell([]).told).toEqual({ language: 'en', read: { of: 'ana', language: '', at: NOW } });
    expect(tell([undefined, null]).told).toEqual({ language: 'en' });
  });
});
