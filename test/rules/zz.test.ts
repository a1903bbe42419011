import { it } from 'vitest';
import { problemsOf } from './support.ts';
const r = (then: string, when = '{}', more = '') => `version: 1\nlanguages: [en, de]\nrules:\n  - id: r\n    when: ${when}\n    then: ${then}\n${more}`;
it('shows', () => {
  for (const y of [
    r('{ text: { en: 5 } }'), r('{ text: { en: } }'), r('{ text: { en: a, fr: b } }'), r('{ text: [a, b] }'), r('{ text: {} }'), r('{ text: { de: a } }'),
    r('{ text: x, wait: true, invite: [dana] }'), r('[{ text: x }, { handover: true, invite: [dana] }]'), r('[{ text: x }, { handover: { invit: [dana] } }]'),
    r('{ text: x, wait: { kep: true } }'), r('{ text: x, wait: false }'), r('{ text: x, wait: [1d] }'), r('{ text: x, wait: 40d }'), r('{ text: x, wait: 1w }'),
    r('{ text: x }', '{}', 'otherwise: { when: { keyword: a }, then: { text: y } }\n'),
    r('{ text: x }', '{ keyword: z }', 'otherwise: [{ when: { event: onParticipantAdded }, then: { text: y } }]\n'),
    r('{ text: x }', '{ keyword: z }', 'otherwise: [{ then: { text: y } }, { when: { keyword: a }, then: { text: y } }]\n'),
    r('{ text: x }', '{ keyword: z }', 'otherwise: [{ when: { keyword: a }, then: { text: y } }, { text: q }]\n'),
    r('{ text: x }', '{ answer: number }'), r('{ text: x }', '{ unless: { once: 1d } }'), r('{ text: x }', '{ unless: [] }'), r('{ text: x }', '{ unless: { event: onMessageAdded } }'),
    r('{ text: x }', '{ event: onParticipantAdded, unless: { keyword: hi } }'),
    r('{ remember: { language: fr } }'), r('{ remember: { a: "{{ text | default: x }}" } }'), r('{ remember: { a: {b: c} } }'), r('{ remember: [a] }'), r('{ remember: { 1a: c } }'),
    r('{ text: "{{ remembered.x | default: \\"\\" }}" }'), r('{ forget: x }'), r('{ forget: all }'), r('{ forget: {a: b} }'),
    r('{ text: x }', '{ first: false }'), r('{ text: x }', '{ first: 1 }'), r('{ text: x }', '{ once: 30s }'), r('{ text: x }', '{ once: 31d }'),
    r('{ text: x }', '{ misses: 1 }'), r('{ text: x }', '{ where: { foo: bar } }'), r('{ text: x }', '{ where: { language: fr } }'), r('{ text: x }', '{ has: remembered.order }'),
    r('{ text: x }', '{ open: shop }'), r('{ text: x }', '{ after: q }'), r('{ go_to: q }'), r('[{ go_to: r }, { text: x }]'), r('{ go_to: r }'),
    r('{ text: x, continue: false }'), r('[{ text: x, continue: true }, { handover: true }]'), r('{ text: x, wait: 1d, continue: true }'), r('{ ignore: true, continue: true }'), r('{ go_to: r, wait: 1d }'), r('{ ignore: true, wait: 1d }'),
    r('{ tag: { parley: x } }'), r('{ tag: x }'), r('{ handover: 1d }'), r('{ handover: { for: 31d } }'), r('{ handover: { back: "()" } }'), r('{ text: x, split: 1 }'), r('{ near: x }'), r('{ text: x }', '{ answer: [maybe, 5], after: r }'), r('{ text: x }', '{ answer: 5..1, after: r }'),
    'version: 1\nrules:\n  - { id: 1, when: {}, then: { text: x } }\n',
  ]) console.log(y.split('\n').slice(2).join(' ¦ '), '\n   ', problemsOf(y).join('\n    '));
});
