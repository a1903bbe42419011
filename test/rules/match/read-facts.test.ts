import { describe, expect, it } from 'vitest';
import { subjectKey } from '../../../lib/guards/subject-key.ts';
import { readFacts } from '../../../lib/rules/match/read-facts.ts';
import { MATCHED_LENGTH } from '../../../lib/text/cut-text.ts';
import { bookOf, messageAdded, participantAdded } from '../support.ts';

const AT = Date.UTC(2026, 10, 20);
const PLAIN = 'rules:\n  - { id: a, when: { keyword: a }, then: { text: x } }\n';

function facts(event: Parameters<typeof readFacts>[0], { top = '', memory = {}, read = {} } = {}) {
  return readFacts(event, bookOf(`version: 1\n${top}\n${PLAIN}`), { memory, at: AT, read });
}

describe('what is known of an event', () => {
  it('holds no words where it is no message', () => {
    expect(facts(participantAdded())).toMatchObject({ body: '', texts: [''], media: [], isStopWord: false });
  });

  it('is in UTC where the file names no zone', () => {
    expect(facts(messageAdded()).timezone).toBe('UTC');
    expect(facts(messageAdded(), { top: 'timezone: Europe/Berlin' }).timezone).toBe('Europe/Berlin');
  });

  it('has types of media without what stands behind them', () => {
    const Media = ['Image/PNG ; q=1', 'image/jpeg'].map((ContentType, at) => ({
      Sid: `ME${at}`,
      ContentType,
    }));
    expect(facts(messageAdded({ Media })).media).toEqual(['image/png', 'image/jpeg']);
  });

  it('is cut where it is long, through no pair of surrogates, and keeps a half that stands before', () => {
    const before = 'x'.repeat(MATCHED_LENGTH - 1);
    expect(facts(messageAdded({ Body: `${before}🌹🌹` })).body).toBe(before);
    expect(facts(messageAdded({ Body: 'a\uD83Cb' })).body).toBe('a\uD83Cb');
  });

  it('tells the language with what is remembered of it, and without', () => {
    const of = subjectKey(messageAdded()) ?? '';
    const speaking = (at: number) =>
      facts(messageAdded(), {
        top: 'languages: [en, de, fr]',
        memory: { values: { language: 'fr' }, language: { of, language: 'en', at } },
        read: { participant: { attributes: '{"language":"de"}' }, conversation: null },
      });
    const said = speaking(0);
    expect(said.language().language).toBe('fr');
    expect(said.unrememberedLanguage()).toMatchObject({ language: 'de', read: { language: 'de', at: AT } });
    expect(said.toldLanguage()?.language).toBe('de');
    expect(speaking(AT - 1).unrememberedLanguage()).toEqual({ language: 'en' });
  });
});
