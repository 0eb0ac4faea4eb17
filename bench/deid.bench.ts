/**
 * De-identification scored as MIDI-B does it, kind of check by kind of check, on a corpus of made-up people with known
 * answers (bench/deid/corpus.ts), under the options of MIDI-B, from a folder into a folder.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './benchmark.ts';
import { checkKinds, type Check, type Specimen } from './deid/checks.ts';
import { corpus } from './deid/corpus.ts';
import { deidentified } from './deid/deidentified-corpus.ts';
import { furtherPhrases } from './deid/further-phrases.ts';
import { heldOut } from './deid/held-out-phrases.ts';
import { mistakeOf } from './deid/mistakes.ts';
import { phrases } from './deid/phrases.ts';
import { verdicts } from './deid/score.ts';

export const name = 'de-identification';

/** The last had no part in mending the de-identifier: other people, other phrases. */
const corpora = [
  { of: '', seed: 1, phrases },
  { of: 'further phrases: ', seed: 2, phrases: furtherPhrases },
  { of: 'held out: ', seed: 3, phrases: heldOut },
];

export async function run(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const each of corpora) {
    const folder = mkdtempSync(join(tmpdir(), 'semblance-deid-bench-'));
    try {
      const measured = await measure(folder, [...corpus(each.seed, each.phrases)]);
      figures.push(...measured.map((figure) => ({ ...figure, metric: each.of + figure.metric })));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return figures;
}

async function measure(folder: string, specimens: readonly Specimen[]): Promise<Figure[]> {
  const outputs = await deidentified(folder, specimens);
  for (const why of outputs.withheld) console.error(`withheld: ${why}`);
  const answers = { ...outputs, days: new Map<string, number>() };
  const counts = new Map<string, { passed: number; all: number }>();
  const count = (kind: string, passed: boolean) => {
    const of = counts.get(kind) ?? { passed: 0, all: 0 };
    counts.set(kind, { passed: of.passed + Number(passed), all: of.all + 1 });
  };
  for (const specimen of specimens) {
    const path = outputs.files.get(outputs.uids.get(specimen.uid) ?? '');
    const output = path === undefined ? undefined : readFileSync(path);
    const passed = await verdicts(specimen, output, answers);
    for (const [i, check] of specimen.checks.entries()) {
      const verdict = passed[i] ?? false;
      count(check.kind, verdict);
      if (isFree(check)) count(`${check.kind} of free text`, verdict);
      if (!verdict) console.error(mistakeOf(specimen, check, output));
    }
  }
  const kinds = [...checkKinds, 'text_retained of free text', 'text_removed of free text'];
  const figures = kinds.map((kind): Figure => {
    const { passed, all } = counts.get(kind) ?? { passed: 0, all: 0 };
    const bar = checkKinds.some((each) => each === kind) ? { bar: 'at least 99.9 %' } : {};
    return { metric: `${kind}, ${String(all)} checks`, value: (100 * passed) / all, unit: '%', ...bar };
  });
  const modalities = new Set(specimens.map(({ modality }) => modality)).size;
  const of = `${String(specimens.length)} instances of ${String(modalities)} modalities`;
  return [
    ...figures,
    { metric: `${of}, text in pictures looked for: all`, value: outputs.seconds, unit: 's' },
  ];
}

function isFree(check: Check): boolean {
  return check.kind === 'text_retained'
    ? !check.whole
    : check.kind === 'text_removed' && check.isFree === true;
}
