import { describe, expect, it } from 'vitest';
import { readEmail } from '../../../lib/rules/answers/read-email.ts';

describe('readEmail', () => {
  it.each([
    ['ana@example.com', 'ana@example.com'],
    ['Ana.B@Example.COM', 'Ana.B@Example.COM'],
    ['My mail is ana@example.com.', 'ana@example.com'],
    ['ana@example.com?!', 'ana@example.com'],
    ['ana@example.com…', 'ana@example.com'],
    ['Ana Berg <ana@example.com>', 'ana@example.com'],
    ['[ana@example.com](mailto:ana@example.com)', 'ana@example.com'],
    ['mailto:ana@example.com?subject=hi', 'ana@example.com'],
    ['e-mail:ana@example.com,thanks', 'ana@example.com'],
    ['"ana@example.com"', 'ana@example.com'],
    ["'ana@example.com'", 'ana@example.com'],
    ['„ana@example.com“', 'ana@example.com'],
    ['*ana@example.com*', 'ana@example.com'],
    ['_ana@example.com_', 'ana@example.com'],
    ['_ana@example.com', '_ana@example.com'],
    ['...ana@example.com', 'ana@example.com'],
    ['✉ana@example.com✉', 'ana@example.com'],
    ['\u200eana@exa\u00admple.com\u200e', 'ana@example.com'],
    ['ana＠example．com', 'ana@example.com'],
    ['ana@example.com ANA@Example.com', 'ana@example.com'],
    ['meet @ 5, @bob: ana@example.com', 'ana@example.com'],
    ['ana+news@mail.example.co.uk', 'ana+news@mail.example.co.uk'],
    ["o'brien_1-x@my-shop.example", "o'brien_1-x@my-shop.example"],
    ['a@x.co', 'a@x.co'],
    ['ana@xn--bcher-kva.xn--p1ai', 'ana@xn--bcher-kva.xn--p1ai'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('finds the address of %j: %s', (message, address) => {
    expect(readEmail(message)).toBe(address);
  });

  it.each([
    ['jörg@bücher.example', 'jörg@bücher.example'],
    ['jo\u0308rg@bu\u0308cher.example', 'jörg@bücher.example'],
    ['почта@пример.рф', 'почта@пример.рф'],
    ['用户@例子.公司', '用户@例子.公司'],
    ['उपयोगकर्ता@उदाहरण.भारत', 'उपयोगकर्ता@उदाहरण.भारत'],
    ['我的邮箱是12345@example.com，谢谢', '12345@example.com'],
    ['メールはana@example.comです', 'ana@example.com'],
    ['ana@example.com입니다', 'ana@example.com'],
  ])('knows the letters of any script: %j is %s', (message, address) => {
    expect(readEmail(message)).toBe(address);
  });

  it.each([
    ['ana@example', 'no dot'],
    ['ana@example.c', 'a last part of one letter'],
    ['ana@192.168.0.1', 'a number for a host'],
    ['ana@-example.com', 'a part that begins with a hyphen'],
    ['ana@example..com', 'two dots in the host'],
    ['ana@exam_ple.com', 'a host with another sign'],
    ['ana..b@example.com', 'two dots'],
    ['ana.@example.com', 'a dot before the at'],
    ['@example.com', 'nothing before the at'],
    ['!!@example.com', 'only signs before the at'],
    ['ana@', 'nothing after the at'],
    ['ana @ example.com', 'spaces'],
    ['ana at example.com', 'words'],
    ['@ana@example.com', 'a name on another service'],
    ['a@example.com@example.net', 'a chain'],
    ['https://example.com/?mail=ana@example.com', 'part of another address'],
    ['a@example.com, b@example.com', 'two addresses'],
    ['a@example.com, b@example.com, a@example.com', 'two addresses, one of them twice'],
    [`${'a'.repeat(65)}@example.com`, 'too long before the at'],
    [`ana@${'long-name.'.repeat(26)}com`, 'too long'],
    [`ana@${'a'.repeat(64)}.com`, 'a part that is too long'],
    ['hello', 'a word'],
    ['', 'nothing'],
  ])('finds no address in %j: %s', (message) => {
    expect(readEmail(message)).toBeUndefined();
  });
});
