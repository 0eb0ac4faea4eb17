/**
 * `node bench/personal/tune.ts [SEED…]`: the mistakes made on the part of the corpus that may be looked at while
 * detectors are written. Seeds from 100 on, and the two locales held out, belong to `npm run bench -- personal`.
 */
import { makeCorpus, tuningLocales } from './corpus.ts';
import { measure, type Counts } from './measure.ts';
import type { PersonalKind } from '../../src/shared/personal-kinds.ts';

const seeds = process.argv.slice(2).map(Number);
const counts = new Map<PersonalKind, Counts>();
for (const seed of seeds.length > 0 ? seeds : [1, 2])
  for (const locale of tuningLocales) {
    if (seed >= 100) throw new RangeError('Seeds from 100 on are for measuring.');
    for (const { name, truth, told, example } of await measure(await makeCorpus(locale, seed), counts))
      console.log(`${locale} ${seed}\t${name}\t${truth.join()} → ${told.join()}\t${example.slice(0, 100)}`);
  }
for (const [kind, { found, missed, wrong }] of counts)
  console.log(
    `${kind.padEnd(16)} recall ${(found / (found + missed)).toFixed(3)} precision ${(found / (found + wrong)).toFixed(3)} of ${found + missed}`,
  );
