/** Which checks a de-identified file passes. */
import { framesOf } from '../../src/engine/dicom/pixels/file-frames.ts';
import type { DataSet } from '../../src/engine/dicom/read/data-set.ts';
import { readDicomFile, type DicomFile } from '../../src/engine/dicom/read/part10.ts';
import { isText } from '../../src/engine/dicom/vr.ts';
import type { Box, Check, Place, Specimen } from './checks.ts';

/** What the whole set says of who is who: the map that MIDI-B asks for, and by how many days each patient's dates moved. */
export interface Answers {
  readonly patients: ReadonlyMap<string, string>;
  readonly uids: ReadonlyMap<string, string>;
  readonly days: Map<string, number>;
}

/** For each check of a specimen whether it is passed; all fail where nothing was written. */
export async function verdicts(
  specimen: Specimen,
  output: Uint8Array | undefined,
  answers: Answers,
): Promise<boolean[]> {
  if (!output) return specimen.checks.map(() => false);
  const file = readDicomFile(output);
  const verdict: boolean[] = [];
  for (const check of specimen.checks) verdict.push(await passes(check, specimen, file, answers));
  return verdict;
}

async function passes(check: Check, specimen: Specimen, file: DicomFile, answers: Answers): Promise<boolean> {
  if (check.kind === 'pixels_hidden') return isHidden(check.ink, file);
  if (check.kind === 'pixels_retained') return isSame(check.box, readDicomFile(specimen.bytes), file);
  const text = textAt(file.dataSet, check.place);
  switch (check.kind) {
    case 'tag_retained':
      return text !== undefined;
    case 'text_notnull':
      return text !== undefined && text.trim() !== '';
    case 'text_retained':
      return text !== undefined && (check.whole ? text.trim() === check.text : says(text, check.text));
    case 'text_removed':
      return text === undefined || !check.pieces.some((piece) => stands(piece, text));
    case 'date_shifted':
      return text !== undefined && isShifted(check.old, text.trim(), specimen.patient, answers.days);
    case 'uid_changed':
      return text !== undefined && text !== check.old && /^[\d.]{1,64}$/.test(text);
    case 'uid_consistent':
      return text !== undefined && text === answers.uids.get(check.old);
    case 'patid_consistent':
      return text !== undefined && text.trim() === answers.patients.get(check.old);
  }
}

/** The value as text, `''` of what holds none; undefined where there is no such element. */
export function textAt(dataSet: DataSet, { around, tag }: Place): string | undefined {
  let inner: DataSet | undefined = dataSet;
  for (const step of around) inner = inner?.items(step.tag)[step.item];
  const element = inner?.get(tag);
  if (!inner || !element) return undefined;
  if (element.items || element.fragments || element.length > 65_536) return '';
  return isText(inner.vr(element))
    ? inner.stringsOf(element).join('\\')
    : Buffer.from(inner.bytesOf(element)).toString('latin1');
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Whether all words stand in the text, in their order. */
function says(text: string, kept: string): boolean {
  const words = wordsOf(text);
  let at = 0;
  return wordsOf(kept).every((word) => {
    at = words.indexOf(word, at) + 1;
    return at > 0;
  });
}

/** Whether a piece stands in the text, not as a part of a longer word or number. */
function stands(piece: string, text: string): boolean {
  const escaped = piece.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  // Scripts without spaces have no ends of words.
  const isSpaced = /^[\p{Script=Latin}\p{M}\p{N}\p{P}\p{S}\s]+$/u.test(piece);
  const pattern = isSpaced ? `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])` : escaped;
  return new RegExp(pattern, 'iu').test(text);
}

/** Of a patient all dates by the same whole days, and no time of day. */
function isShifted(old: string, now: string, patient: string, known: Map<string, number>): boolean {
  const isTime = /^\d{6}(?:\.\d+)?$/.test(old);
  if (isTime) return now === old;
  const days = (dayOf(now) - dayOf(old)) / 86_400_000;
  const expected = known.get(patient);
  if (expected === undefined) known.set(patient, days);
  return Number.isInteger(days) && days !== 0 && days === (expected ?? days) && now.slice(8) === old.slice(8);
}

function dayOf(text: string): number {
  return Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6, 8)));
}

/** Whether the letters and what is next to them are all of one shade, in every frame. */
async function isHidden(ink: readonly number[], file: DicomFile): Promise<boolean> {
  const source = framesOf(file);
  if (!source) return false;
  for (let at = 0; at < source.image.frames; at++) {
    const { samples, columns, samplesPerPixel } = await source.frame(at);
    const shades = new Set<number | undefined>();
    for (const place of ink)
      for (const next of [0, 1, -1, columns, -columns])
        shades.add(samples[Math.max(0, place + next) * samplesPerPixel] ?? samples[place * samplesPerPixel]);
    if (shades.size > 1) return false;
  }
  return true;
}

async function isSame(box: Box | undefined, before: DicomFile, after: DicomFile): Promise<boolean> {
  const [old, now] = [framesOf(before), framesOf(after)];
  if (!old || old.image.frames !== now?.image.frames) return false;
  for (let at = 0; at < old.image.frames; at++) {
    const [a, b] = [await old.frame(at), await now.frame(at)];
    const { x, y, width, height } = box ?? { x: 0, y: 0, width: a.columns, height: a.rows };
    for (let row = y; row < y + height; row++) {
      const from = (row * a.columns + x) * a.samplesPerPixel;
      const to = from + width * a.samplesPerPixel;
      for (let i = from; i < to; i++) if (a.samples[i] !== b.samples[i]) return false;
    }
  }
  return true;
}
