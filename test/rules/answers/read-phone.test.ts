import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPhone } from '../../../lib/rules/answers/read-phone.ts';

describe('readPhone', () => {
  it.each([
    ['1234567', '1234567'],
    ['123456789012345', '123456789012345'],
    ['(030) 123456', '030123456'],
    ['030/12 34-56', '030123456'],
    ['030 / 1234567', '0301234567'],
    ['01.23.45.67.89', '0123456789'],
    ['0151\u00a01234567', '01511234567'],
    ['0151–1234567', '01511234567'],
    ['٠١٥١١٢٣٤٥٦٧', '01511234567'],
    ['０１５１１２３４５６７', '01511234567'],
    ['Tel.: 0151 1234567.', '01511234567'],
    ['call from 9 to 5: 0151 1234567', '01511234567'],
    ['Wohnung Ⅳ½: 0151 1234567', '01511234567'],
    ['电话0912345678谢谢', '0912345678'],
    ['0151 1234567, I said 0151/1234567', '01511234567'],
    ['born 24.12.1980, 0151 1234567', '01511234567'],
    ['24.12.2026 18:30 0151 1234567', '01511234567'],
    ['from 9:30, 0151 1234567', '01511234567'],
    ['000 1234567', '0001234567'],
  ])('reads %j as %s', (message, number) => {
    expect(readPhone(message)).toBe(number);
  });

  it.each([
    ['+49 151 1234567', '+491511234567'],
    ['+1 (202) 555-0123', '+12025550123'],
    ['tel:+1.202.555.0123', '+12025550123'],
    ['＋49 151 1234567', '+491511234567'],
    ['+ 49 151 1234567', '+491511234567'],
    ['(+49) 151 1234567', '+491511234567'],
    ['+(49) 151 1234567', '+491511234567'],
    ['0049 151 1234567', '+491511234567'],
    ['00 49 151/1234567', '+491511234567'],
    ['0049301 2345678', '+493012345678'],
    ['00123456789012345', '+123456789012345'],
    ['+49 (0)30 123456', '+4930123456'],
    ['0049 (0) 30 123456', '+4930123456'],
    ['+39 (0)6 1234567', '+39061234567'],
    ['0039 (0)6 1234567', '+39061234567'],
    ['+(0)151 1234567', '+01511234567'],
    ['+49 151 1234567 ext. 5', '+491511234567'],
  ])('gives %j its plus: %s', (message, number) => {
    expect(readPhone(message)).toBe(number);
  });

  it.each([
    ['123456', 'six digits'],
    ['1234567890123456', 'sixteen digits'],
    ['4111 1111 1111 1111', 'a card'],
    ['00 123456', 'six digits beside the prefix'],
    ['+1234567890123456', 'sixteen digits with a plus'],
    ['5551234, 5555678', 'two numbers'],
    ['+49151123456+49151123457', 'two with a plus'],
    ['555-1234 555-5678', 'two in a row'],
    ['5551234 / 5555678', 'two with a slash'],
    ['0151 1234567\n0151 1234568', 'two lines'],
    ['24.12.2026', 'a date'],
    ['12/24/2026', 'an American date'],
    ['2026-12-24', 'a date of ISO 8601'],
    ['A1234567', 'a code'],
    ['12345678Z', 'a code that ends in a letter'],
    ['1234567@example.com', 'an address'],
    ['1,234,567', 'an amount'],
    ['12:34:56:78', 'a time'],
    ['++++', 'signs'],
    ['call me', 'words'],
    ['', 'nothing'],
  ])('finds no phone number in %j: %s', (message) => {
    expect(readPhone(message)).toBeUndefined();
  });

  // The hours in brackets, and the hour of "5pm", were taken for the last digits of the number or made it a code.
  it.each([
    ['+49 171 1234567 (9-17 Uhr)', '+491711234567'],
    ['0171 1234567 (9-17)', '01711234567'],
    ['0171 1234567(9–17 Uhr)', '01711234567'],
    ['0171 1234567 [5]', '01711234567'],
    ['0171 1234567 5pm', '01711234567'],
    ['0171 1234567 9-17h', '01711234567'],
    ['0171 1234567, 2 people', '01711234567'],
    ['5, 0171 1234567', '01711234567'],
    ['555-1234 (home)', '5551234'],
  ])('leaves out what is said beside the number in %j: %s', (message, number) => {
    expect(readPhone(message)).toBe(number);
  });

  it.each([
    ['[0171] 1234567', '01711234567'],
    ['{+49} 171 1234567', '+491711234567'],
    ['0171 123 (45) 67', '01711234567'],
    ['030 123 (45)', '03012345'],
    ['(0171 1234567)', '01711234567'],
    ['+49 (171 1234567)', '+491711234567'],
  ])('reads the brackets that belong to it in %j: %s', (message, number) => {
    expect(readPhone(message)).toBe(number);
  });

  // Its tail was handed on as the number.
  it.each([
    ...['0171_1234567', '0171,1234567', '0171;1234567', '0171•1234567', '0171’1234567', '+49_171_1234567'],
    ...['0171, 1234567', '0171 | 1234567', '0171\n1234567', '+49, 171 1234567', '<0171> 1234567'],
    ...['1234567_89', '0171 1234567,50', '1234567 (0171)', '5551234 (5555678)'],
    ...['0171 1234567 5 people', '0171 1234567 9-17', '0171 1234567 89012a'],
  ])('asks again rather than take a part of the number in %j', (message) => {
    expect(readPhone(message)).toBeUndefined();
  });

  const DATE =
    /(?<![0-9./-])(?:[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}|[0-9]{4}([./-])[0-9]{1,2}\2[0-9]{1,2})(?![./-]?[0-9])/;

  it('reads back any number, whatever of ( ) . - / and spaces is put between its digits', () => {
    const number = fc.stringMatching(/^[4-9][0-9]{6,14}$/);
    const between = fc.constantFrom('', '.', '-', ')', '(', ').');
    fc.assert(
      fc.property(number, fc.array(between, { minLength: 15, maxLength: 15 }), (digits, signs) => {
        const written = [...digits].map((digit, index) => digit + (signs[index] ?? '')).join('');
        // A bracket behind a whole number is not of it, nor is 4-10-2000 one.
        fc.pre(!written.includes('(0)') && !/\([^()]*[).]*$/.test(written) && !DATE.test(written));
        expect(readPhone(`+${written}`)).toBe(`+${digits}`);
        expect(readPhone(`call 00${written}!`)).toBe(`+${digits}`);
        expect(readPhone(`it is ${written}`)).toBe(digits);
      }),
    );
  });
});
