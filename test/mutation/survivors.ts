/** A mutant that no test notices, and why that is right. `npm run mutation` fails on any other, and on one that died. */
export interface Survivor {
  readonly file: string;
  readonly line: string;
  readonly change: string;
  readonly reason: string;
}

export const SURVIVORS: readonly Survivor[] = [
  {
    file: 'lib/json.ts',
    line: '} catch {',
    change: '{ return undefined; } → {}',
    reason: 'A function that ends without a `return` returns undefined, too; it is written out to be read.',
  },
  {
    file: 'lib/history/find-reply.ts',
    line: "olderInARow = Date.parse(message.date_created ?? '') < since ? olderInARow + 1 : 0;",
    change: '\'\' → "Stryker was here!"',
    reason: 'Neither is a date, and what has none is never older.',
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
    line: "return piece.name === 'EventType' ? inspectEventType(piece.value, unknownRun(behind)) : [];",
    change: "piece.name === 'EventType' → true",
    reason: 'No other value whose end is certain begins like the name of an event, so looking finds nothing.',
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
    file: 'lib/webhook/wrong-field.ts',
    line: 'return String(issues[0]?.path[0]);',
    change: 'issues[0]?.path → issues[0].path',
    reason: 'zod gives at least one issue when it refuses something; the compiler does not know that.',
  },
];
