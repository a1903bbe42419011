import type { Survivor } from './survivor.ts';

export const WEBHOOK: readonly Survivor[] = [
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
    line: 'return name !== undefined && Object.hasOwn(EVENT_SCHEMAS, name);',
    change: 'name !== undefined → true',
    reason: 'No event is called undefined; the check is for the compiler.',
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
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: 'if (held === undefined || held.start > start) return false;',
    change: 'held.start > start → false',
    reason: 'Where the event’s own stands behind, that way of reading ends at it.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: 'if (held === undefined || held.start > start) return false;',
    change: 'held.start > start → held.start >= start',
    reason: 'Where the event’s own stands behind, that way of reading ends at it.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: "piece.kind === 'unknown' &&",
    change: "piece.kind === 'unknown' && piece.end === end → true",
    reason: 'As each of the two by itself.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: "piece.kind === 'unknown' &&",
    change: "piece.kind === 'unknown' && piece.end === end → piece.kind === 'unknown' || piece.end === end",
    reason: 'As each of the two by itself.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: "piece.kind === 'unknown' &&",
    change: "piece.kind === 'unknown' → true",
    reason: 'No known name ends in another field’s with a value of its shape.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: 'piece.end === end &&',
    change: 'piece.end === end → true',
    reason: 'Where the value goes on, it has swallowed what is looked for by itself.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: '[...required].some((needed) => isAnchor(needed) && name < needed && needed < field);',
    change: 'name < needed → name <= needed',
    reason: 'A field that the event needs and that has no shape is malformed before.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: "pieces.every((piece) => piece.kind !== 'text' || piece.start > held.start || isKeptApart(piece))",
    change: 'piece.start > held.start → false',
    reason: 'No text stands behind the SIDs in which such names end.',
  },
  {
    file: 'lib/webhook/find-ambiguity.ts',
    line: "pieces.every((piece) => piece.kind !== 'text' || piece.start > held.start || isKeptApart(piece))",
    change: 'piece.start > held.start → piece.start >= held.start',
    reason: 'No text stands behind the SIDs in which such names end.',
  },
];
