import { afterEach, expect, it } from 'vitest';
import { intlTag, localeOf, locales, speak } from './language.ts';
import { m } from './messages/messages.js';
import { baseLocale, locales as compiled } from './messages/runtime.js';

afterEach(() => speak(() => 'en'));

it('knows the languages that messages come in', () => {
  expect([...locales]).toEqual([...compiled]);
  expect(locales[0]).toBe(baseLocale);
  for (const locale of locales) expect(Intl.getCanonicalLocales(intlTag(locale))).toEqual([intlTag(locale)]);
});

it.each([
  ['system', ['zh-CN', 'en-US'], 'zh-Hans'],
  ['system', ['fr-FR', 'zh-Hant-TW', 'en'], 'zh-Hans'],
  ['system', ['de-DE', 'en-GB'], 'en'],
  ['system', ['ZH_cn'], 'zh-Hans'],
  ['system', ['fr'], 'en'],
  ['system', [], 'en'],
  ['en', ['zh-CN'], 'en'],
  ['zh-Hans', ['en-US'], 'zh-Hans'],
] as const)('%s with %j is %s', (choice, preferred, locale) => {
  expect(localeOf(choice, preferred)).toBe(locale);
});

it('changes the language of messages at once', () => {
  expect(m.units_rows({ count: 1 })).toBe('1 row');
  expect(m.units_rows({ count: 30000 })).toBe('30,000 rows');
  speak(() => 'zh-Hans');
  expect(m.units_rows({ count: 30000 })).toBe('30,000 行');
});
