/** A mutant that no test notices, and why that is right. `npm run mutation` fails on any other, and on one that died. */
export interface Survivor {
  readonly file: string;
  readonly line: string;
  readonly change: string;
  readonly reason: string;
}

export const SURVIVORS: readonly Survivor[] = [
  {
    file: 'lib/event/read-channel.ts',
    line: 'default:',
    change: 'default: return undefined; → default:',
    reason: 'A function that ends without a `return` returns undefined, too.',
  },
  {
    file: 'lib/event/read-channel.ts',
    line: "function channelOf(address = '', hint = ''): Channel | undefined {",
    change: '\'\' → "Stryker was here!"',
    reason: 'Neither is the address of any channel.',
  },
  {
    file: 'lib/event/read-channel.ts',
    line: "const named = PREFIXES.get(/^([a-z]+):./.exec(address)?.[1] ?? '');",
    change: '\'\' → "Stryker was here!"',
    reason: 'Neither is a prefix.',
  },
  {
    file: 'lib/guards/budget.ts',
    line: 'const [latest, replies] = live.at(-1) ?? [];',
    change: '[] → ["Stryker was here"]',
    reason: 'Neither nothing nor a text is the number of a stretch.',
  },
  {
    file: 'lib/guards/budget.ts',
    line: 'const SILENT: Spoken = { taps: [], minute: [], hour: [], day: [] };',
    change: '[] → ["Stryker was here"]',
    reason: 'A text is not a stretch that any window reaches.',
  },
  {
    file: 'lib/guards/budget.ts',
    line: 'const SILENT: Spoken = { taps: [], minute: [], hour: [], day: [] };',
    change: '[] → ["Stryker was here"]',
    reason: 'A text is not a stretch that any window reaches.',
  },
  {
    file: 'lib/guards/budget.ts',
    line: 'const SILENT: Spoken = { taps: [], minute: [], hour: [], day: [] };',
    change: '[] → ["Stryker was here"]',
    reason: 'A text is not a stretch that any window reaches.',
  },
  {
    file: 'lib/guards/budget.ts',
    line: 'const SILENT: Spoken = { taps: [], minute: [], hour: [], day: [] };',
    change: '[] → ["Stryker was here"]',
    reason: 'A text is not a stretch that any window reaches.',
  },
  {
    file: 'lib/guards/guards.ts',
    line: 'if (stops === true || (stops !== false && (await stops))) return guard;',
    change: 'stops === true → false',
    reason: 'The comparisons only spare waiting: awaited, true and false are what they are.',
  },
  {
    file: 'lib/guards/guards.ts',
    line: 'if (stops === true || (stops !== false && (await stops))) return guard;',
    change: 'stops !== false → true',
    reason: 'The comparisons only spare waiting: awaited, true and false are what they are.',
  },
  {
    file: 'lib/guards/guards.ts',
    line: 'if (stops === true || (stops !== false && (await stops))) return guard;',
    change: 'false → true',
    reason: 'The comparisons only spare waiting: awaited, true and false are what they are.',
  },
  {
    file: 'lib/guards/own-author.ts',
    line: "(event.EventType === 'onMessageAdded' && event.Author === botAuthor) ||",
    change: "event.EventType === 'onMessageAdded' → true",
    reason: 'Of the events that rules answer, only a message has an Author; the check is for the compiler.',
  },
  {
    file: 'lib/guards/own-author.ts',
    line: "(event.EventType === 'onParticipantAdded' && event.Identity === botAuthor),",
    change: "event.EventType === 'onParticipantAdded' → true",
    reason:
      'Of the events that rules answer, only a participant has an Identity; the check is for the compiler.',
  },
  {
    file: 'lib/json.ts',
    line: '} catch {',
    change: '{ return undefined; } → {}',
    reason: 'A function that ends without a `return` returns undefined, too; it is written out to be read.',
  },
  {
    file: 'lib/json.ts',
    line: 'return text === null || text === undefined ? undefined : parseJson(text);',
    change: 'text === undefined → false',
    reason: 'The word undefined is not JSON either; the check is for the compiler.',
  },
  {
    file: 'lib/guards/person.ts',
    line: 'personAt !== undefined && quietAfterPersonMs > 0 && at - personAt < quietAfterPersonMs,',
    change: 'personAt !== undefined → true',
    reason:
      'The difference to undefined is not a number, and so not less than anything; the check is for the compiler.',
  },
  {
    file: 'lib/guards/reactions.ts',
    line: "const opening = shape.exec(plain)?.[1]?.replace(/:$/u, '').trim();",
    change: 'shape.exec(plain)?.[1]?.replace → shape.exec(plain)?.[1].replace',
    reason: 'Where a shape fits it has an opening; the compiler does not know that.',
  },
  {
    file: 'lib/guards/reactions.ts',
    line: 'return opening !== undefined && (KNOWN.has(opening) || WITH_EMOJI.test(opening));',
    change: 'opening !== undefined → true',
    reason: 'Neither undefined nor the word is an opening; the check is for the compiler.',
  },
  {
    file: 'lib/guards/repeated-text.ts',
    line: 'const isRecent = lastAt !== undefined && at - lastAt < REPEATED_WITHIN_MS;',
    change: 'lastAt !== undefined → true',
    reason:
      'The difference to undefined is not a number, and so not less than anything; the check is for the compiler.',
  },
  {
    file: 'lib/guards/stop-words.ts',
    line: 'return word !== undefined && words.includes(word);',
    change: 'word !== undefined → true',
    reason: 'A list of words does not include undefined; the check is for the compiler.',
  },
  {
    file: 'lib/guards/who.ts',
    line: "return event.EventType === 'onParticipantAdded' ? tellJoiner(event, clues) : 'customer';",
    change: "event.EventType === 'onParticipantAdded' → true",
    reason:
      'Of the events that rules answer, only a participant has an Identity; without one it is a customer.',
  },
  {
    file: 'lib/guards/who.ts',
    line: 'return Boolean(found?.messaging_binding?.type) && !found?.identity;',
    change: 'found?.identity → found.identity',
    reason: 'What has a binding is not undefined; the compiler does not know that.',
  },
  {
    file: 'lib/history/find-reply.ts',
    line: "olderInARow = Date.parse(message.date_created ?? '') < since ? olderInARow + 1 : 0;",
    change: '\'\' → "Stryker was here!"',
    reason: 'Neither is a date, and what has none is never older.',
  },
  {
    file: 'lib/receive/receive.ts',
    line: "const service: FormParams = new Map(serviceSid === undefined ? [] : [['ChatServiceSid', [serviceSid]]]);",
    change: 'serviceSid === undefined → false',
    reason: 'JSON leaves out what is undefined; the check is for the compiler.',
  },
  {
    file: 'lib/record/conversation.ts',
    line: 'export function knownRole({ roles = [] }: ConversationRecord, participantSid: string, now: number) {',
    change: '[] → ["Stryker was here"]',
    reason: 'A text in the list is the role of nobody, as nothing is.',
  },
  {
    file: 'lib/reply/claim.ts',
    line: 'const binding = isAddress(found) ? found.messaging_binding?.type : undefined;',
    change: 'found.messaging_binding?.type → found.messaging_binding.type',
    reason: 'What has a binding is not undefined; the compiler does not know that.',
  },
  {
    file: 'lib/reply/plan-event.ts',
    line: '{ outcome, ...(reason === undefined ? {} : { reason }), at: ports.clock.now() },',
    change: 'reason === undefined → false',
    reason: 'What is undefined is not in the JSON that is kept; the check is for the compiler.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: '[...(byLength.get(length) ?? [])].filter((word) => mayBeNear(message, lookAtWord(word))),',
    change:
      '[...(byLength.get(length) ?? [])].filter((word) => mayBeNear(message, lookAtWord(word))) → [...(byLength.get(length) ?? [])]',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: '[...(byLength.get(length) ?? [])].filter((word) => mayBeNear(message, lookAtWord(word))),',
    change: '[] → ["Stryker was here"]',
    reason: 'No rule has this word: a word of a rule has no capital.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'const known = looks.get(text) ?? { ...look(text), slips: tolerated(text) };',
    change: '{ ...look(text), slips: tolerated(text) } → {}',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'looks.set(text, known);',
    change: 'looks.set(text, known); → ;',
    reason: 'It only spares work: a word is looked at again.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'messages.set(facts, known);',
    change: 'messages.set(facts, known); → ;',
    reason: 'It only spares work: the message is looked at again.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'bits |= 1 << ((character.codePointAt(0) ?? 0) % 32);',
    change:
      'bits |= 1 << ((character.codePointAt(0) ?? 0) % 32) → bits &= 1 << (character.codePointAt(0) ?? 0) % 32',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'bits |= 1 << ((character.codePointAt(0) ?? 0) % 32);',
    change: '(character.codePointAt(0) ?? 0) % 32 → (character.codePointAt(0) ?? 0) * 32',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'bits |= 1 << ((character.codePointAt(0) ?? 0) % 32);',
    change: 'character.codePointAt(0) ?? 0 → character.codePointAt(0) && 0',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'if (Math.abs(message.length - word.length) > word.slips) return false;',
    change: 'Math.abs(message.length - word.length) > word.slips → false',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'if (Math.abs(message.length - word.length) > word.slips) return false;',
    change: 'false → true',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'for (let left = 2 * word.slips; changed !== 0; left--) {',
    change: 'changed !== 0 → false',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'for (let left = 2 * word.slips; changed !== 0; left--) {',
    change: 'left-- → left++',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'if (left === 0) return false;',
    change: 'left === 0 → false',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/conditions/near.ts',
    line: 'if (left === 0) return false;',
    change: 'false → true',
    reason: 'It only spares work: isNear decides.',
  },
  {
    file: 'lib/rules/match/is-keyword.ts',
    line: 'function keywordsOf({ rules, otherwise = [] }: KeywordRules): ReadonlySet<string> {',
    change: '[] → ["Stryker was here"]',
    reason: 'A text has no conditions.',
  },
  {
    file: 'lib/rules/match/is-keyword.ts',
    line: 'for (const keyword of when?.keyword ?? []) keywords.add(keyword);',
    change: '[] → ["Stryker was here"]',
    reason: 'It has a capital, and no message has one as normalizeText leaves it.',
  },
  {
    file: 'lib/rules/match/pattern-bundle.ts',
    line: 'const begin = fold(text.slice(0, longest));',
    change: 'text.slice(0, longest) → text',
    reason: 'It only spares work: what stands behind is not compared.',
  },
  {
    file: 'lib/text/compose.ts',
    line: 'export const PLAIN = /^[\\t\\n\\r\\x20-\\x7E]*$/;',
    change: '/^[\\t\\n\\r\\x20-\\x7E]*$/ → /^[\\t\\n\\r\\x20-\\x7E]$/',
    reason: 'The shortcut for ASCII only spares work.',
  },
  {
    file: 'lib/text/compose.ts',
    line: 'if (PLAIN.test(text)) return text;',
    change: 'PLAIN.test(text) → false',
    reason: 'The shortcut for ASCII only spares work.',
  },
  {
    file: 'lib/text/compose.ts',
    line: 'if (PLAIN.test(text)) return text;',
    change: 'PLAIN.test(text) → false',
    reason: 'The shortcut for ASCII only spares work.',
  },
  {
    file: 'lib/text/compose.ts',
    line: 'if (PLAIN.test(text)) return text.trim();',
    change: 'PLAIN.test(text) → false',
    reason: 'The shortcut for ASCII only spares work.',
  },
  {
    file: 'lib/text/fold.ts',
    line: "if (PLAIN.test(text)) return text.toLowerCase().replaceAll('`', \"'\").replaceAll(\"''\", '\"');",
    change: 'PLAIN.test(text) → false',
    reason: 'The shortcut for ASCII only spares work.',
  },
  {
    file: 'lib/text/ignore-accents.ts',
    line: 'if (PLAIN.test(folded)) return folded;',
    change: 'PLAIN.test(folded) → false',
    reason: 'The shortcut for ASCII only spares work.',
  },
  {
    file: 'lib/text/normalize-text.ts',
    line: 'if (PLAIN.test(folded)) {',
    change: 'PLAIN.test(folded) → false',
    reason: 'The shortcut for ASCII only spares work.',
  },
  {
    file: 'lib/text/normalize-text.ts',
    line: 'if (PLAIN.test(folded)) {',
    change:
      "{ const plain = folded.replace(/\\s+/g, ' ').trim(); return withoutEnd(plain.replace(PLAIN_OPENING, '… → {}",
    reason: 'The shortcut for ASCII only spares work.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'if (from === to || !isKnown || first === undefined || last === undefined) return text.slice(from, to);',
    change: 'first === undefined → false',
    reason: 'Where the text is known there is a piece for each place of it; the check is for the compiler.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'if (from === to || !isKnown || first === undefined || last === undefined) return text.slice(from, to);',
    change: 'last === undefined → false',
    reason: 'Where the text is known there is a piece for each place of it; the check is for the compiler.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'const pieces: Piece[] = [];',
    change: '[] → ["Stryker was here"]',
    reason: 'A text is no source and ends nowhere, so it is never found.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'if (changedEnd >= text.length) break;',
    change: 'changedEnd >= text.length → false',
    reason: 'It only spares work: no part of the text lies behind its end.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'if (changedEnd >= text.length) break;',
    change: 'changedEnd >= text.length → changedEnd > text.length',
    reason: 'It only spares work: no part of the text lies behind its end.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: "if (character <= '\\x7E') return false;",
    change: "character <= '\\x7E' → character < '\\x7E'",
    reason: 'It only spares work: nothing is composed with a tilde.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: "while (characters.length > 1 && isInvisible(characters.at(-1) ?? '')) characters.pop();",
    change: 'characters.length > 1 → true',
    reason: 'A part ends in a piece of which something is seen.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: "while (characters.length > 1 && isInvisible(characters.at(-1) ?? '')) characters.pop();",
    change: 'characters.length > 1 → characters.length >= 1',
    reason: 'A part ends in a piece of which something is seen.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: "while (characters.length > 1 && isInvisible(characters.at(-1) ?? '')) characters.pop();",
    change: '\'\' → "Stryker was here!"',
    reason: 'What has two characters has a last one; the compiler does not know that.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'if (isBoundary(text, from) && isBoundary(text, to)) return text.slice(from, to);',
    change: 'isBoundary(text, from) && isBoundary(text, to) → false',
    reason: 'It only spares work: Intl.Segmenter finds the same ends.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: "const characters = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);",
    change: "{ granularity: 'grapheme' } → {}",
    reason: 'It is the default; it is written out to be read.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'return text.slice(characters.containing(from)?.index, last && last.index + last.segment.length);',
    change: 'characters.containing(from)?.index → characters.containing(from).index',
    reason: 'A part begins in the text; the compiler does not know that.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'function isBoundary(text: string, at: number): boolean {',
    change:
      '{ if (at === 0 || at === text.length) return true; return SIMPLE().test(text.charAt(at - 1)) && SIMP… → {}',
    reason: 'It only spares work: Intl.Segmenter finds the same ends.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'if (at === 0 || at === text.length) return true;',
    change: 'at === 0 || at === text.length → false',
    reason: 'It only spares work: Intl.Segmenter finds the same ends.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'if (at === 0 || at === text.length) return true;',
    change: 'at === 0 || at === text.length → at === 0 && at === text.length',
    reason: 'It only spares work: Intl.Segmenter finds the same ends.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'if (at === 0 || at === text.length) return true;',
    change: 'at === 0 → false',
    reason: 'It only spares work: Intl.Segmenter finds the same ends.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'if (at === 0 || at === text.length) return true;',
    change: 'at === text.length → false',
    reason: 'It only spares work: Intl.Segmenter finds the same ends.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'if (at === 0 || at === text.length) return true;',
    change: 'true → false',
    reason: 'It only spares work: Intl.Segmenter finds the same ends.',
  },
  {
    file: 'lib/text/quote-source.ts',
    line: 'return SIMPLE().test(text.charAt(at - 1)) && SIMPLE().test(text.charAt(at));',
    change: 'SIMPLE().test(text.charAt(at - 1)) && SIMPLE().test(text.charAt(at)) → false',
    reason: 'It only spares work: Intl.Segmenter finds the same ends.',
  },
  {
    file: 'lib/text/slips.ts',
    line: 'if (Math.abs(from.length - to.length) > most) return over;',
    change: 'Math.abs(from.length - to.length) > most → false',
    reason: 'It only spares work: both texts end outside the band then, which stands for more.',
  },
  {
    file: 'lib/text/slips.ts',
    line: 'if (Math.min(...current, ...last) > most) return over;',
    change: 'Math.min(...current, ...last) > most → false',
    reason:
      'It only spares work: where two rows have more slips than are looked for, so has all that follows.',
  },
  {
    file: 'lib/text/split-text.ts',
    line: "const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });",
    change: "{ granularity: 'grapheme' } → {}",
    reason: 'It is the default; it is written out to be read.',
  },
  {
    file: 'lib/text/split-text.ts',
    line: 'if (kind !== undefined) last.set(kind, end);',
    change: 'kind !== undefined → true',
    reason: 'Nobody asks where no break was last; the check is for the compiler.',
  },
  {
    file: 'lib/text/split-text.ts',
    line: "if (!ENDED().test(before)) return 'word';",
    change: '\'word\' → ""',
    reason: 'What ends in white space and is not a gap ends a word, whatever else it is.',
  },
  {
    file: 'lib/text/to-words.ts',
    line: 'if (PLAIN.test(text)) return (fold(text).match(PLAIN_WORD) ?? []).flatMap(separate);',
    change: 'PLAIN.test(text) → false',
    reason: 'The shortcut for ASCII only spares work.',
  },
  {
    file: 'lib/text/trim.ts',
    line: 'while (end > 0) {',
    change: 'end > 0 → end >= 0',
    reason: 'Before the first character there is none, and that is not a member.',
  },
  {
    file: 'lib/webhook/event-schema.ts',
    line: "context.issues.push({ code: 'custom', input: text });",
    change: "{ code: 'custom', input: text } → {}",
    reason:
      'Of an issue only its path is read, and zod puts that in; an issue without a code is none to the compiler.',
  },
  {
    file: 'lib/webhook/event-schema.ts',
    line: "context.issues.push({ code: 'custom', input: text });",
    change: '\'custom\' → ""',
    reason: 'Of an issue only its path is read, and zod puts that in.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: 'const readings = mayReadOtherwise(pieces, event) ? inspectReadings(pieces, event, fieldsOf) : [];',
    change: '[] → ["Stryker was here"]',
    reason: 'It is only asked whether hidden or doubtful is among them.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: 'anchors.some((anchor) => (anchor < name || !present.has(anchor)) && value.includes(anchor));',
    change: 'anchor < name → anchor <= name',
    reason:
      'An anchor whose value has not its shape is malformed (event-schema.ts), so no text has its name.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: "const findings = unconfirmed.map((field) => (identifies(field, event) ? 'hidden' : 'doubtful'));",
    change: '\'doubtful\' → ""',
    reason: 'A reading that leaves out a number has another pair in its place, which is doubtful itself.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: "({ kind, start, end }) => kind === 'unknown' && start < pair.end && pair.start < end,",
    change: 'pair.start < end → pair.start <= end',
    reason:
      "What begins where a parameter does is the request's own, or an EventType that ends elsewhere: hidden anyway.",
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: 'if (held !== undefined && held.start > pair.start && !unknown) continue;',
    change: 'held.start > pair.start → held.start >= pair.start',
    reason:
      "What begins where a parameter does is the request's own, or an EventType that ends elsewhere: hidden anyway.",
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: 'field < last &&',
    change: 'field < last → field <= last',
    reason: 'The last one is an anchor, and what is compared with it is a text or a word.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: "if (name === 'Author') return behind[0]?.name === 'Body' && !isConfirmed({ name }, pieces);",
    change: 'behind[0]?.name → behind[0].name',
    reason: 'The EventType stands behind an Author; the compiler does not know that.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: "if (before === undefined || before.kind === 'certain') return false;",
    change: 'before === undefined → false',
    reason: 'The AccountSid stands before each text; the compiler does not know that.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: "return name === 'Author' && (isTwiceTheSame || isAssigned);",
    change: "name === 'Author' → true",
    reason:
      'No other text but Body is asked for where there is an Author, and what stands between the two is doubtful anyway.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: 'certain: () => false,',
    change: '() => false → () => undefined',
    reason: 'Neither is a finding.',
  },
  {
    file: 'lib/webhook/find-readings.ts',
    line: 'const NOWHERE: Following = { pairs: [] };',
    change: '[] → ["Stryker was here"]',
    reason: 'Nothing follows a text that is not a pair, and it is none that the end can be reached from.',
  },
  {
    file: 'lib/webhook/find-readings.ts',
    line: 'if (certain && end === signed.length) return { end, fields: [], mayEnd };',
    change: '[] → ["Stryker was here"]',
    reason: 'No field has that name.',
  },
  {
    file: 'lib/webhook/find-readings.ts',
    line: 'return { end, fields: next.filter((field) => first < field), mayEnd };',
    change: 'first < field → first <= field',
    reason: "No field's name is what it shares with another's and one letter more.",
  },
  {
    file: 'lib/webhook/find-readings.ts',
    line: ': following.mayEnd || following.fields.some((field) => (lastStart.get(field) ?? 0) > following.end);',
    change: '(lastStart.get(field) ?? 0) > following.end → (lastStart.get(field) ?? 0) >= following.end',
    reason: 'What begins at a certain end is followed by itself, and no name begins within JSON.',
  },
  {
    file: 'lib/webhook/parse-event.ts',
    line: 'new Set(Object.entries<z.ZodMiniType>(shape).flatMap(([field, { _zod }]) => (_zod.optin ? [] : [field]))),',
    change: '[] → ["Stryker was here"]',
    reason: 'No field has that name.',
  },
  {
    file: 'lib/webhook/read-request.ts',
    line: "const encoding = isBase64Encoded === true ? 'base64' : 'utf8';",
    change: '\'utf8\' → ""',
    reason: 'Node takes an encoding without a name for UTF-8, too.',
  },
  {
    file: 'lib/webhook/sign-webhook.ts',
    line: 'return [...params].sort(([a], [b]) => (a < b ? -1 : 1));',
    change: 'a < b → a <= b',
    reason: 'A Map holds each name once, so no two of them are equal.',
  },
  {
    file: 'lib/webhook/verify-signature.ts',
    line: "function readSignature(header: string | undefined, settings = ''): Signature | undefined {",
    change: '\'\' → "Stryker was here!"',
    reason: 'Neither says an algorithm or a key.',
  },
  {
    file: 'lib/webhook/verify-signature.ts',
    line: "const [name = '', ...value] = part.split('=');",
    change: '\'\' → "Stryker was here!"',
    reason: 'There is always a first part; the compiler does not know that.',
  },
  {
    file: 'lib/webhook/wrong-field.ts',
    line: 'return String(issues[0]?.path[0]);',
    change: 'issues[0]?.path → issues[0].path',
    reason: 'zod gives at least one issue when it refuses something; the compiler does not know that.',
  },
];
