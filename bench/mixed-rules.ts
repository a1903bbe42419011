/**
 * A rules file with so many rules, a multiple of ten: each ten hold one of every kind that is looked for in a way of
 * its own, and those that ask nothing of the message itself, which no event of the bench meets.
 */
export function mixedRules(count: number): string {
  const tens = Array.from({ length: count / 10 }, (_, place) => tenRules(nameOf(place)));
  return [
    'version: 1',
    'timezone: Europe/Berlin',
    'hours: { night: { mon-sun: 22:00-06:00 } }',
    'rules:',
    ...tens.flat().map((rule) => `  - ${rule}`),
    'otherwise: { text: Sorry? }',
    '',
  ].join('\n');
}

function tenRules(name: string): readonly string[] {
  const rule = (id: string, when: string, then = '{ text: Yes. }') =>
    `{ id: ${id}-${name}, when: { ${when} }, then: ${then} }`;
  return [
    rule('open', 'open: night, has: remembered.topic'),
    rule('where', `where: { remembered.topic: ${name} }`),
    rule('unless', 'unless: { channel: [whatsapp, sms] }'),
    rule('answer', `after: ask-${name}, answer: number`, "{ text: 'Number {{ answer }}.' }"),
    rule('keyword', `keyword: word ${name}`, `{ remember: { topic: ${name} }, continue: true }`),
    rule('ask', `keyword: ask ${name}`, '{ text: Which number?, wait: 1d }'),
    rule('once', `keyword: once ${name}, once: 1d`),
    rule('includes', `includes: part ${name}`),
    rule('pattern', `pattern: '^${name} (?<number>\\d{3,12})$'`, "{ text: 'Order {{ match.number }}.' }"),
    rule('near', `near: nearly ${name}`),
  ];
}

/** Letters alone: digits must be equal for two texts to be near. */
function nameOf(place: number): string {
  const letters = [...String(place)].map((digit) => 'bdfghklmnp'.at(Number(digit)) ?? '');
  return `${letters.join('a')}o`;
}
