/**
 * Recall and precision of the detectors, kind by kind, on columns of a generated corpus (bench/personal/corpus.ts). The
 * seeds and two of the eight locales had no part in writing the detectors.
 */
import { heldOutLocales, makeCorpus, tuningLocales } from './personal/corpus.ts';
import { measure, type Counts } from './personal/measure.ts';
import { personalKinds, type PersonalKind } from '../src/shared/personal-kinds.ts';
import type { Figure } from './benchmark.ts';

export const name = 'personal data';

const seeds = [101, 102, 103];

export async function run(): Promise<Figure[]> {
  const all = new Map<PersonalKind, Counts>();
  const heldOut = new Map<PersonalKind, Counts>();
  let columns = 0;
  const mistakes: string[] = [];
  for (const locale of [...tuningLocales, ...heldOutLocales])
    for (const seed of seeds) {
      const corpus = await makeCorpus(locale, seed);
      columns += corpus.length;
      const own = new Map<PersonalKind, Counts>();
      for (const { name: column, truth, told } of await measure(corpus, own))
        mistakes.push(
          `${locale} ${seed}: “${column}” is ${truth.join(', ') || 'none'}, told as ${told.join(', ') || 'none'}`,
        );
      add(all, own);
      if (heldOutLocales.includes(locale)) add(heldOut, own);
    }
  console.error(mistakes.join('\n'));
  const figures = personalKinds.flatMap((kind): Figure[] => {
    const counts = all.get(kind);
    if (!counts) return [];
    const of = `${kind}, ${counts.found + counts.missed} columns`;
    return [
      { metric: `${of}: recall`, value: recall(counts), unit: '', bar: 'at least 0.97' },
      { metric: `${of}: precision`, value: precision(counts), unit: '', bar: 'at least 0.95' },
    ];
  });
  const sum = total(all);
  const held = total(heldOut);
  return [
    ...figures,
    { metric: `all kinds, ${columns} columns with look-alikes: recall`, value: recall(sum), unit: '' },
    { metric: 'all kinds: precision', value: precision(sum), unit: '' },
    { metric: `${heldOutLocales.join(' and ')} alone: recall`, value: recall(held), unit: '' },
    { metric: `${heldOutLocales.join(' and ')} alone: precision`, value: precision(held), unit: '' },
  ];
}

const recall = ({ found, missed }: Counts): number => found / Math.max(1, found + missed);
const precision = ({ found, wrong }: Counts): number => found / Math.max(1, found + wrong);

function add(to: Map<PersonalKind, Counts>, from: ReadonlyMap<PersonalKind, Counts>): void {
  for (const [kind, { found, missed, wrong }] of from) {
    const known = to.get(kind) ?? { found: 0, missed: 0, wrong: 0 };
    to.set(kind, { found: known.found + found, missed: known.missed + missed, wrong: known.wrong + wrong });
  }
}

function total(counts: ReadonlyMap<PersonalKind, Counts>): Counts {
  const sum = { found: 0, missed: 0, wrong: 0 };
  for (const { found, missed, wrong } of counts.values()) {
    sum.found += found;
    sum.missed += missed;
    sum.wrong += wrong;
  }
  return sum;
}
