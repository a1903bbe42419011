import { describe, expect, it } from 'vitest';
import { splitText } from '../../lib/text/split-text.ts';

describe('splitText', () => {
  it.each([
    ['Dr.', 'We have met Dr. Smith here', ['We have met ', 'Dr. Smith here']],
    [
      'several in a row',
      'There was Mr. J. R. R. Tolkien in it',
      ['There was ', 'Mr. J. R. R. Tolkien ', 'in it'],
    ],
    ['a German one', 'Das gilt usw. Auch hier', ['Das gilt ', 'usw. Auch hier']],
    ['one of letters', 'Nimm Obst, z. B. Birnen', ['Nimm Obst, ', 'z. B. Birnen']],
    ['a French one', 'Demandez Mme. Durand', ['Demandez ', 'Mme. Durand']],
    ['a Russian one', 'Живу на ул. Ленина тут', ['Живу на ', 'ул. Ленина тут']],
    ['no. before a number', 'Please call No. 5 today', ['Please call ', 'No. 5 today']],
    ['№', 'заказ номер № 5 готов', ['заказ номер ', '№ 5 готов']],
    ['the number of a day', 'Wir feiern 3. Mai mit', ['Wir feiern ', '3. Mai mit']],
    ['a Roman number', 'Es war Karl VIII. von', ['Es war Karl ', 'VIII. von']],
  ])('does not cut after %s', (_, whole, parts) => {
    expect(
      splitText(
        whole,
        parts.reduce((most, part) => Math.max(most, part.trimEnd().length + 1), 15),
      ),
    ).toEqual(parts);
  });

  // A cut came between a title and its name, wherever the abbreviation was not in the list.
  it.each(
    [
      'Mt. Co. Corp. Bros. Sen. Gov. Col. Maj. Rep. hrs. mins. Blvd. Esq. Bldg. Ph.D. M.D. Th.S.',
      'Std. Stk. Abt. Bhf. MwSt. Jh. geb. Inh. Dr.med. Tel.-Nr. Dipl.-Ing. n.Chr. u.dgl. Gebr. Fa.',
      'Ste. Bd. Tél. Réf. av.J.-C. Ltda. Lic. Arq. p.ej. EE.UU. RR.HH. Avda. Hnos. Cía. Pça. Eng.',
      'Spett. Sig. Geom. Arch. bv. o.a. zgn. tys. m.in. św. mj. PhDr. cca. Kft. Zrt. krt.',
      'Şti. Av. Müh. им. т.е. моб. пер. f.eks. bl.a. fr.o.m. tlf. Jl. Rp. Yth.',
      'entspr. npr. Tp. TP. ThS. PGS. BS. Hj. ดร. รศ. प्रो. डॉ. திரு. ডা. нпр. напр. κκ. Prov. Excma.',
      'n.º N.º nº № # § Sr.ª art.º',
    ].flatMap((line) => line.split(' ')),
  )('does not cut after %s', (abbreviation) => {
    expect(splitText(`Aaaa bbbb ${abbreviation} Cccc dd`, 12 + abbreviation.length)[0]).toBe('Aaaa bbbb ');
  });

  it.each(['EE. UU.', 'p. ej.', 'v. Chr.', 'z. Hd.', 'Dr. med.', 'Dr. rer. nat.', 'Ph. D.'])(
    'does not cut after any part of %s',
    (abbreviation) => {
      const whole = `Aaaa bbbb ${abbreviation} Cccc dd`;
      for (let limit = 12; limit < whole.indexOf('Cccc') + 4; limit++) {
        expect(splitText(whole, limit)[0]).toBe('Aaaa bbbb ');
      }
    },
  );

  // Each is an abbreviation in other case, in another language or before a number.
  it.each([
    'Wiem co.',
    'Nerede sen.',
    'Den 4 maj.',
    'Kontakt os.',
    'Das ist eng.',
    'Tag det med.',
    'Creo que así es.',
    'That is ok.',
    'I am ill.',
    'See Dr. Lee.',
    'It is plan B. Ok.',
    'It is on x.com.',
    'It is on parley.io.',
    'Es steht auf mobil.de.',
  ])('knows the end of a sentence in: %s', (sentence) => {
    expect(splitText(`${sentence} Aaaa bbbb cccc dddd`, sentence.length + 10)[0]).toBe(`${sentence} `);
  });

  it.each([
    ['no. before a number', 'रु. 500'],
    ['a number of a list in a line', '2.) bbbb'],
    ['a letter of one', 'b) bbbb'],
    ['a measure that goes on', '500 g. de'],
    ['an initial after a measure', '500 g. J. Lee'],
  ])('does not cut inside %s: %s', (_, whole) => {
    const last = whole.lastIndexOf(' ');
    const [first = ''] = splitText(`Aaaa bbbb cccc ${whole} dddd`, 15 + last + 3);
    expect(first.endsWith(`${whole.slice(0, last)} `)).toBe(false);
  });

  // Any single letter was taken for an initial, and no sentence ended in a word of one letter.
  it.each([
    ['Korean', '오늘은 가게가 쉬는 중.'],
    ['Korean', '지금은 주문이 안 돼.'],
    ['Vietnamese', 'Dạ em cảm ơn anh nhiều ạ.'],
    ['Vietnamese', 'Bên em đồng ý.'],
    ['Italian', 'Non so dove è.'],
    ['Portuguese', 'Assim é.'],
    ['French', 'Oui, il y en a.'],
    ['French, after a hyphen', 'Alors vas-y.'],
    ['Turkish', 'Aradığım kişi o.'],
    ['Danish', 'Hun bor på en ø.'],
    ['Swedish', 'Han kom i.'],
    ['Russian', 'Это был я.'],
    ['Armenian', 'Սա իմ տունն է.'],
    ['Hindi', 'बोलिए जी.'],
    ['Tamil', 'இதை செய்தது நீ.'],
    ['Chinese', '我们 现在 都 很 好.'],
    ['English, after a measure', 'It weighs 500 g.'],
    ['English, after no Roman number', 'Please send a CV.'],
  ])('knows the end of a sentence that ends in a short word: %s', (_, sentence) => {
    expect(splitText(`${sentence} Aaaa bbbb cccc dddd`, sentence.length + 10)[0]).toBe(`${sentence} `);
    expect(splitText(`${sentence} 내일 다시 연락해 주세요 감사합니다`, sentence.length + 8)[0]).toBe(
      `${sentence} `,
    );
  });

  it.each(
    [
      'J. É. Ż. Ю. Σ. Ա. ג. د. p. s. v. г. κ. डॉ. ড. ഡോ. III. XXI. z.B. e.g. i.d.R. p.m. т.д. π.χ.',
      'z._B. u._a. o._Ä. e._V. a._M. v._Chr. f._Kr. p._m. a._m. i._d._R. u._v._m. s._r._o. т._д. π._χ.',
    ].flatMap((line) => line.split(' ').map((word) => word.replaceAll('_', ' '))),
  )('still knows the letters of an initial or an abbreviation: %s', (abbreviation) => {
    const whole = `Aaaa bbbb ${abbreviation} Cccc dd`;
    for (let limit = 12; limit < whole.indexOf('Cccc') + 4; limit++) {
      expect(splitText(whole, limit)[0]).toBe('Aaaa bbbb ');
    }
  });

  it.each([
    '47. ',
    '1) ',
    '(3) ',
    '[3] ',
    'a) ',
    'iv. ',
    'XII. ',
    '2.1 ',
    '2.1. ',
    '2.1) ',
    '1️⃣ ',
    '1️⃣ - ',
    '🔟 ',
    '① ',
    '٣. ',
    '१) ',
    'क) ',
    '가. ',
    '- ',
    '• ',
    '– ',
    '✅ ',
    '➡️ ',
    '1.) ',
    'a.) ',
    '1- ',
    '1 - ',
    '1 – ',
    '1.- ',
    '١- ',
    '1 ',
    '1 = ',
    '1: ',
    '1 : ',
    '1º ',
    '1.º ',
    '1/ ',
    '1） ',
    '一、 ',
    'A - ',
    '- a) ',
    '*1.* ',
    '*A)* ',
  ])('does not cut between %sand what it numbers', (head) => {
    const item = `${head}${'x'.repeat(12)}`;
    const list = `${'y'.repeat(18)} z\n${item}\n${item}`;
    for (let limit = item.length + 1; limit < list.length; limit++) {
      for (const part of splitText(list, limit).slice(0, -1)) {
        expect(part.endsWith(head) && part !== head, `${limit}: ${part}`).toBe(false);
      }
    }
  });
});
