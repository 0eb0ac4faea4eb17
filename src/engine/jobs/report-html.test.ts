/** The report for readers: what the card says, and nothing of the table but that. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { card as cardSchema, type Card } from '../../shared/card.ts';
import { findings } from '../../shared/verdicts.ts';
import { reportHtml } from './report-html.ts';

const accuracy = { overall: 0.961, univariate: 0.985, bivariate: 0.962, trivariate: 0.936 };
const card: Card = {
  semblance: '0.1.0',
  created: '2026-01-01T00:00:00.000Z',
  source: { sha256: 'c'.repeat(64), rows: 1200, columns: 4 },
  columns: [
    { name: 'age', kind: 'integer', role: 'keep' },
    { name: '<script>alert(1)</script>', kind: 'category', role: 'keep' },
    { name: 'name', kind: 'text', role: 'fake', personal: ['full-name'] },
    { name: 'remarks', kind: 'text', role: 'drop' },
  ],
  anonymity: {
    before: { columns: ['age'], rows: 1200, classes: 80, k: 1, l: [], unique: 17, under5: 60, sizes: [] },
    after: { columns: ['age'], rows: 1200, classes: 12, k: 6, l: [], unique: 0, under5: 0, sizes: [] },
  },
  model: { kind: 'table-gan', version: 1, parameters: 51_234 },
  seed: 7,
  device: 'cpu',
  training: { rows: 960, seconds: 61, epochs: 40, history: [] },
  scores: {
    accuracy,
    ceiling: { overall: 0.98, univariate: 0.99, bivariate: 0.98, trivariate: 0.97 },
    detection: { auc: 0.91 },
    privacy: { closerToTraining: 0.51, exactCopies: 0 },
    columns: [{ name: 'age', accuracy: 0.987 }],
    pairs: [{ a: 'age', b: '<script>alert(1)</script>', accuracy: 0.951 }],
    rare: [{ column: 'age', real: 0.021, synthetic: 0.019 }],
    rows: { training: 960, holdout: 240, synthetic: 960 },
  },
  warnings: ['age: The values look like numbers with a unit, and are read as text.'],
  output: {
    format: 'sqlite',
    rows: 500,
    seed: 3,
    sha256: 'd'.repeat(64),
    realRows: { rows: 50, markedBy: 'synthetic' },
    replacedCopies: 2,
    where: 'age > 60',
    rules: [{ rule: 'start <= end', repaired: 3, redrawn: 1 }],
  },
};

/** What a reader sees. */
const seen = (made: string): string =>
  made
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/\s+/g, ' ');

describe('the report', () => {
  it('says what the card says, real rows first', () => {
    const text = seen(reportHtml({ card }, 'en'));
    expect(cardSchema.parse(card)).toEqual(card);
    expect(text.indexOf('50 of 500 rows are REAL')).toBeLessThan(text.indexOf('What was written'));
    for (const said of [
      'SQLite',
      'age > 60',
      'start <= end',
      '0.985',
      '0.987',
      '0.951',
      'd'.repeat(64),
      'made up',
      'left out',
      'Rows that are alone',
    ])
      expect(text).toContain(said);
    for (const { sentence } of findings(card.scores!, 'en')) expect(text).toContain(sentence);
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).toContain(card.warnings[0]);
  });

  it('runs nothing, whatever columns are called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        const named = {
          ...card,
          columns: [{ name, kind: 'category' as const, role: 'keep' as const }],
          warnings: [`${name}: odd`],
        };
        const made = reportHtml({ card: named }, 'en');
        const tags = [...made.matchAll(/<\/?([a-z0-9!]+)/g)].map(([, tag]) => tag);
        const known =
          '! !doctype html head meta title style body main h1 h2 p div strong dl dt dd section table thead tbody tr th td svg rect bdi ul li';
        for (const tag of tags) expect(known.split(' ')).toContain(tag);
        expect(made).not.toMatch(/<[^>]*\s(on\w+|src|href|style)=/i);
      }),
      { numRuns: 50 },
    );
  });

  it('speaks Chinese where it is asked to, warnings included', () => {
    const made = reportHtml({ card }, 'zh-Hans');
    expect(made).toContain('lang="zh-Hans"');
    const text = seen(made);
    expect(text).not.toMatch(/[A-Za-z]+(?: [a-z]+){3,}/);
    expect(text).toContain('合成表格报告');
  });

  it('is made of scores alone where there is no card', () => {
    const text = seen(reportHtml({ scores: card.scores!, warnings: ['synthetic: odd'] }, 'en'));
    expect(text).toContain('0.987');
    expect(text).toContain('synthetic: odd');
    expect(text).not.toContain('undefined');
  });
});
