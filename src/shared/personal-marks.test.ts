import { describe, expect, it } from 'vitest';
import { isUntreated, proposedChoice, safeChoice } from './personal-defaults.ts';
import { personalKinds } from './personal-kinds.ts';
import { anonymityPartOf, asMarked, saidOf } from './personal-marks.ts';
import { ruleOf, whyInWords } from './personal-reasons.ts';
import type { ColumnChoice, ColumnProfile } from './table.ts';

const plain: ColumnProfile = {
  name: 'c',
  kind: 'category',
  role: 'keep',
  nulls: 0,
  distinct: 3,
  range: { min: 'a', max: 'z' },
  histogram: [{ label: 'a', count: 5 }],
  other: 2,
};
const found: ColumnProfile = {
  ...plain,
  role: 'fake',
  personal: [{ kind: 'full-name', confidence: 0.9, sampled: 9, hits: 9, named: true, withinText: false }],
};

describe('what the user says of a column', () => {
  it('counts before what was found, and hides the values of what names people', () => {
    const marked = asMarked(plain, { marked: 'phone' });
    expect(marked).toMatchObject({ histogram: [], other: 0, personal: [{ kind: 'phone', confidence: 1 }] });
    expect(marked.range).toBeUndefined();
    expect(proposedChoice(marked)).toEqual({ name: 'c', kind: 'category', role: 'fake', fake: 'phone' });
    expect(asMarked(plain, { marked: 'other-attribute' })).toMatchObject({ histogram: plain.histogram });
    expect(asMarked(plain, undefined)).toBe(plain);
  });

  it('takes a finding away, with the role that was proposed for it', () => {
    const none = asMarked(found, { marked: 'none' });
    expect('personal' in none).toBe(false);
    expect(proposedChoice(none).role).toBe('keep');
    expect(asMarked({ ...found, kind: 'text' }, { marked: 'none' }).role).toBe('drop');
    expect(asMarked({ ...found, kind: 'identifier' }, { marked: 'none' }).role).toBe('identifier');
  });

  it('stays beside any treatment', () => {
    const choice: ColumnChoice = {
      name: 'c',
      kind: 'category',
      role: 'drop',
      marked: 'age',
      anonymity: 'none',
    };
    expect(saidOf(choice)).toEqual({ marked: 'age', anonymity: 'none' });
    expect(saidOf(proposedChoice(found))).toEqual({});
  });

  it('decides the part of a column in figures like k-anonymity', () => {
    expect(anonymityPartOf(asMarked(plain, { marked: 'age' }), undefined)).toBe('quasi');
    expect(anonymityPartOf(found, undefined)).toBe('none');
    expect(anonymityPartOf(found, { anonymity: 'sensitive' })).toBe('sensitive');
  });
});

describe('a column that names people', () => {
  const keep: ColumnChoice = { name: 'c', kind: 'category', role: 'keep' };

  it('is untreated until it is treated, or said to be learned as it is', () => {
    expect(isUntreated(found, keep)).toBe(true);
    expect(isUntreated(asMarked(plain, { marked: 'other-identifier' }), keep)).toBe(true);
    expect(isUntreated(asMarked(plain, { marked: 'other-attribute' }), keep)).toBe(false);
    expect(isUntreated(found, { ...keep, learnPersonal: true })).toBe(false);
    expect(isUntreated(found, { ...keep, generalise: { how: 'network' } })).toBe(false);
    // Neither set of defaults leaves a kind that names people as it is.
    for (const policy of ['hipaa', 'gdpr'] as const)
      for (const kind of personalKinds) {
        const column = asMarked(plain, { marked: kind });
        expect([kind, isUntreated(column, safeChoice(column, policy))]).toEqual([kind, false]);
      }
  });
});

describe('what names nobody alone', () => {
  it.each([
    ['age', 'category', { how: 'top', at: 90 }, { how: 'bands', width: 5, top: 90 }],
    ['age', 'integer', { how: 'top', at: 90 }, { how: 'bands', width: 5, top: 90 }],
    ['date', 'category', { how: 'date', to: 'year' }, { how: 'date', to: 'year' }],
    ['date', 'datetime', { how: 'date', to: 'year' }, { how: 'date', to: 'month' }],
  ] as const)('is made coarser by both sets of defaults: %s of kind %s', (finding, kind, hipaa, gdpr) => {
    const column = asMarked({ ...plain, kind }, { marked: finding });
    expect(safeChoice(column, 'hipaa').generalise).toEqual(hipaa);
    expect(safeChoice(column, 'gdpr').generalise).toEqual(gdpr);
  });
});

describe('the reasons', () => {
  it('are those of the rules: the eighteen identifiers by their letter, articles and recitals', () => {
    const letters = (kind: (typeof personalKinds)[number]) =>
      ruleOf(kind)
        .hipaa.map((number) => String.fromCharCode(64 + number))
        .join('');
    expect(
      [
        'full-name',
        'postcode',
        'birth-date',
        'phone',
        'email',
        'us-ssn',
        'medical-record',
        'iban',
        'url',
        'ip-address',
        'de-tax-id',
        'sex',
      ].map((kind) => letters(personalKinds.find((each) => each === kind) ?? 'sex')),
    ).toEqual(['A', 'B', 'C', 'D', 'F', 'G', 'H', 'J', 'N', 'O', 'R', '']);
    expect(whyInWords('us-ssn').hipaa).toContain('(G), number 7 of 18: social security numbers');
    expect(whyInWords('sex').hipaa).toContain('not among the 18 identifiers');
    expect(whyInWords('ip-address').gdpr).toContain('recital 30');
    expect(whyInWords('age').gdpr).toContain('recital 26');
    expect(whyInWords('full-name').gdpr).toContain('Art. 4(5)');
  });

  it('are there for every kind, each identifier with its name', () => {
    for (const kind of personalKinds) {
      expect(whyInWords(kind).hipaa).not.toMatch(/: [;.]/);
      for (const number of ruleOf(kind).hipaa) expect(number).toBeGreaterThanOrEqual(1);
    }
  });
});
