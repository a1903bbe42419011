import { describe, expect, it } from 'vitest';
import { fillBlanks } from '../../talks/update/fill-blanks.ts';
import { play, RULES } from './support.ts';

/** A file after `--update`. */
async function updated(text: string): Promise<string> {
  const { blanks } = await play(RULES, text);
  return fillBlanks(text, blanks);
}

const EMPTY = `# Talks of a shop.
- talk: all that may be empty # and a name
  channel: whatsapp

  steps:
    # The customer begins.
    - says: "ask" # as typed
    - bot: # what it asks
    - says: '3'
    - bot:
    - remembered:
    - says: both
    - bot:
    - says: order 007
    - bot:
    - says: quiet
    - bot:
    - says: ask
    - silence:
    - language:
    - says: note
    - bot:
    - says: person
    - bot:
    - handed over:
    - says: hello
    - silence: # why
`;

const FULL = `# Talks of a shop.
- talk: all that may be empty # and a name
  channel: whatsapp

  steps:
    # The customer begins.
    - says: "ask" # as typed
    - bot: How many? # what it asks
    - says: '3'
    - bot: So 3.
    - remembered: { many: '3' }
    - says: both
    - bot: [ First., Second. ]
    - says: order 007
    - bot: { template: status, variables: { order: '007' } }
    - says: quiet
    - silence: ignored
    - says: ask
    - bot: How many?
    - language: en
    - says: note
    - bot: { rule: note }
    - says: person
    - bot: [ Somebody comes., { handover: { for: 8h, back: [ bot ], invite: [ dana ] } } ]
    - handed over: true
    - says: hello
    - silence: handed_over # why
`;

describe('filling in what is empty', () => {
  it('writes what the bot says now, and keeps everything else, comments too', async () => {
    expect(await updated(EMPTY)).toBe(FULL);
  });

  it('makes a talk that goes as it is written', async () => {
    expect(await play(RULES, FULL)).not.toHaveProperty('failure');
    expect(await updated(FULL)).toBe(FULL);
  });

  it('writes the rest of an answer of which some is written already', async () => {
    const text = '- talk: one\n  steps:\n    - says: both\n    - bot: First.\n    - bot:\n';
    expect(await updated(text)).toBe(text.replace('bot:\n', 'bot: Second.\n'));
  });

  it('leaves alone what stands below a step that went otherwise', async () => {
    const text = '- talk: one\n  steps:\n    - says: ask\n    - bot: Well?\n    - says: 3\n    - bot:\n';
    expect(await updated(text)).toBe(text);
  });
});
