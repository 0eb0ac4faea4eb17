/** What was wrong, in words: everybody in the corpus is made up, so it may say all. */
import { readDicomFile } from '../../src/engine/dicom/read/part10.ts';
import { formatTag } from '../../src/engine/dicom/tag.ts';
import type { Check, Specimen } from './checks.ts';
import { textAt } from './score.ts';

export function mistakeOf(
  { modality, transferSyntax, bytes }: Specimen,
  check: Check,
  output: Uint8Array | undefined,
): string {
  const of = `${check.kind} ${modality} ${transferSyntax}`;
  if (!('place' in check)) return of;
  const { around, tag } = check.place;
  const place = [
    ...around.map((step) => `${formatTag(step.tag)}[${String(step.item)}]`),
    formatTag(tag),
  ].join('/');
  const before = textAt(readDicomFile(bytes).dataSet, check.place);
  const after = output && textAt(readDicomFile(output).dataSet, check.place);
  const asked =
    check.kind === 'text_retained'
      ? check.text
      : check.kind === 'text_removed'
        ? check.pieces.join(' | ')
        : '';
  return `${of} ${place} asked “${asked}” was “${before ?? ''}” is “${after ?? '–'}”`
    .replaceAll(/\s+/g, ' ')
    .slice(0, 400);
}
