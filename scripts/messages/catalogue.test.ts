import { describe, expect, it } from 'vitest';
import settings from '../../project.inlang/settings.json' with { type: 'json' };
import { faultsOf, inputsOf, readCatalogue, textsOf, type Catalogue } from './catalogue.mjs';

const varied: Catalogue[string][string][string] = [
  {
    declarations: ['input count', 'local n = count: number', 'local form = count: plural'],
    selectors: ['form'],
    match: { 'form=one': '{n} row', 'form=other': '{n} rows' },
  },
];

describe('faultsOf', () => {
  const good: Catalogue = {
    en: { data: { data_title: 'Data of {name}', data_rows: varied } },
    'zh-Hans': { data: { data_title: '{name} 的数据', data_rows: varied } },
  };

  it('finds nothing where both languages say the same', () => {
    expect(faultsOf(good, ['data'])).toEqual([]);
  });

  it('names a message without translation, and one without source', () => {
    const { data_title: _, ...lacking } = good['zh-Hans']?.data ?? {};
    expect(faultsOf({ ...good, 'zh-Hans': { data: lacking } }, ['data'])).toEqual([
      'zh-Hans/data.json lacks “data_title”',
    ]);
    const more = { ...good['zh-Hans']?.data, data_more: '更多' };
    expect(faultsOf({ ...good, 'zh-Hans': { data: more } }, ['data'])).toEqual([
      'en/data.json lacks “data_more”, which zh-Hans has',
    ]);
  });

  it('names an input that one language lacks', () => {
    const other = { ...good['zh-Hans']?.data, data_title: '数据' };
    expect(faultsOf({ ...good, 'zh-Hans': { data: other } }, ['data'])).toEqual([
      'zh-Hans/data.json: “data_title” takes {}, in en {name}',
    ]);
  });

  it('names a key out of its area and an area nobody lists', () => {
    const strange: Catalogue = {
      en: { data: { check_title: 'Check' } },
      'zh-Hans': { data: { check_title: '检查' } },
    };
    expect(faultsOf(strange, [])).toEqual([
      'project.inlang/settings.json does not list the area “data”',
      'en/data.json: “check_title” is not named data_…, in small letters',
    ]);
  });
});

it('reads inputs and texts of a message', () => {
  expect(inputsOf('{b} and {a}, {a}; \\{not\\}')).toEqual(['a', 'b']);
  expect(inputsOf(varied)).toEqual(['count']);
  expect(textsOf(varied)).toEqual(['{n} row', '{n} rows']);
});

describe('the catalogue', () => {
  const catalogue = readCatalogue();
  const chinese = Object.values(catalogue['zh-Hans'] ?? {}).flatMap((messages) =>
    Object.entries(messages).flatMap(([key, message]) =>
      textsOf(message).map((text) => [key, text] as const),
    ),
  );

  it('has every message in every language the settings name', () => {
    expect(Object.keys(catalogue).sort()).toEqual([...settings.locales].sort());
    const areas = settings['plugin.inlang.messageFormat'].pathPattern.map((pattern) =>
      pattern.replace(/^.*\/|\.json$/g, ''),
    );
    expect(faultsOf(catalogue, areas)).toEqual([]);
  });

  it('has no English sentence left in Chinese', () => {
    // Names and terms stay; four words in a row are a sentence.
    const left = chinese.filter(([, text]) =>
      /[a-z]+(?: [a-z]+){3}/i.test(text.replaceAll(/\{[^}]*\}/g, '')),
    );
    expect(left).toEqual([]);
  });

  it('sets Chinese as it is set: full-width punctuation, a space between Han and Latin', () => {
    const han = '\\p{Script=Han}';
    const wrong = chinese.filter(([, text]) =>
      [
        `${han}[A-Za-z0-9]`,
        `[A-Za-z0-9%]${han}`,
        `${han}[,;:?!()]`,
        `[,;:?!]${han}`,
        `${han}\\.(?:$|\\s)`,
      ].some((pattern) =>
        new RegExp(pattern, 'u').test(text.replaceAll(/\{[^}]*\}/g, '{}').replaceAll(/\(&\w\)/g, '')),
      ),
    );
    expect(wrong).toEqual([]);
  });
});
