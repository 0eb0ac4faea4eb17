/**
 * Regions of a file made black in its stored pixels, in every frame. What was compressed is decoded and written again
 * without further loss: as RLE Lossless, whose code is Semblance's own, or uncompressed where it was so before.
 */
import { AppError } from '../../../shared/errors.ts';
import type { DicomFile } from '../read/part10.ts';
import { groupOf, PIXEL_DATA } from '../tag.ts';
import type { Tag } from '../tag.ts';
import { explicitLittleEndian, transferSyntaxOf } from '../transfer-syntax.ts';
import type { TransferSyntax } from '../transfer-syntax.ts';
import type { Edit } from '../write/edits.ts';
import { blackOf, blanked, darkestEntry } from './blank.ts';
import type { Region } from './blank.ts';
import { rleLayout } from './decode-frame.ts';
import { framesOf, tags } from './file-frames.ts';
import { frameBytes, packedBits } from './frame-bytes.ts';
import type { Frame, ImagePixels } from './image-pixels.ts';
import { paletteOf } from './lookup-table.ts';
import { encodeRle } from './rle.ts';

const RLE_LOSSLESS = '1.2.840.10008.1.2.5';
const EXTENDED_OFFSET_TABLES: readonly Tag[] = [0x7fe00001, 0x7fe00002];
const ICON: Tag = 0x00880200;
const LOSSY: Tag = 0x00282110;
const LOSSY_RATIO: Tag = 0x00282112;
const LOSSY_METHOD: Tag = 0x00282114;

/** What `writeDicom` takes. */
export interface Masked {
  readonly edits: readonly Edit[];
  readonly transferSyntax: TransferSyntax;
}

/**
 * @param change What becomes of a frame. Its size, samples and colours stay.
 * @returns undefined where the file has no pixels.
 * @throws source/malformed where a frame cannot be decoded: then nothing of the file may be passed on.
 */
export async function pixelsChanged(
  file: DicomFile,
  change: (frame: Frame, index: number) => Frame,
): Promise<Masked | undefined> {
  const source = framesOf(file);
  if (!source) return undefined;
  const { image } = source;
  const frames: Frame[] = [];
  for (let i = 0; i < image.frames; i++) frames.push(change(await source.frame(i), i));
  const transferSyntax = syntaxAfter(file.transferSyntax, image);
  const encapsulated = transferSyntax.encapsulated;
  const bytes = encoded(frames, image, transferSyntax);
  const vr = encapsulated || image.bitsAllocated <= 8 ? 'OB' : 'OW';
  return {
    transferSyntax,
    edits: [
      ...describing(file, image, frames[0]),
      ...lossyFlags(file, image),
      // An icon shows the pixels as they were.
      ...[...EXTENDED_OFFSET_TABLES, ICON].map((tag) => ({ kind: 'remove', tag }) as const),
      {
        kind: 'setFrames',
        tag: PIXEL_DATA,
        vr: transferSyntax.explicit ? vr : 'OW',
        frames: bytes,
        encapsulated,
      },
    ],
  };
}

/**
 * As `pixelsChanged`, with regions black in all frames. Overlays go, in which text can stand as well: what is
 * de-identified keeps none.
 */
export async function masked(file: DicomFile, regions: readonly Region[]): Promise<Masked | undefined> {
  const palette = paletteOf(file.dataSet);
  const change = await pixelsChanged(file, (frame) => {
    const isPalette = frame.photometricInterpretation === 'PALETTE COLOR';
    return blanked(frame, regions, isPalette && palette ? [darkestEntry(palette)] : blackOf(frame));
  });
  return change && { ...change, edits: [...change.edits, ...overlaysRemoved(file)] };
}

function overlaysRemoved({ dataSet }: DicomFile): Edit[] {
  const isOverlay = (group: number) => group >= 0x6000 && group <= 0x60ff;
  return dataSet.elements
    .filter(({ tag }) => isOverlay(groupOf(tag)))
    .map(({ tag }) => ({ kind: 'remove', tag }));
}

function syntaxAfter(before: TransferSyntax, image: ImagePixels): TransferSyntax {
  if (!before.encapsulated) return before;
  const rle = transferSyntaxOf(RLE_LOSSLESS);
  return rle && image.bitsAllocated >= 8 ? rle : explicitLittleEndian;
}

function encoded(
  frames: readonly Frame[],
  image: ImagePixels,
  { encapsulated, littleEndian }: TransferSyntax,
): readonly Uint8Array[] {
  if (encapsulated) {
    return frames.map((frame) => encodeRle(frameBytes(frame, image), image.columns, rleLayout(image)));
  }
  if (image.bitsAllocated === 1) return [packedBits(frames)];
  return frames.map((frame) => frameBytes(frame, image, !littleEndian));
}

/** What has to be said otherwise of the pixels as they are written. */
function describing({ dataSet }: DicomFile, image: ImagePixels, frame: Frame | undefined): Edit[] {
  if (!frame) throw AppError.of('source/malformed', 'pixels_contradictory', {});
  const edits: Edit[] = [];
  const { photometricInterpretation: now } = frame;
  if (now !== image.photometricInterpretation) {
    edits.push({ kind: 'set', tag: tags.photometricInterpretation, vr: 'CS', value: now });
  }
  if (image.samplesPerPixel > 1 && (image.planar || !dataSet.get(tags.planarConfiguration))) {
    edits.push({ kind: 'set', tag: tags.planarConfiguration, vr: 'US', value: [0] });
  }
  if (image.highBit !== image.bitsStored - 1) {
    edits.push({ kind: 'set', tag: tags.highBit, vr: 'US', value: [image.bitsStored - 1] });
  }
  return edits;
}

/** By the end of the transfer syntax's UID, the defined terms of (0028,2114). */
const lossyMethods: readonly [RegExp, string][] = [
  [/\.4\.5[01]$/, 'ISO_10918_1'],
  [/\.4\.81$/, 'ISO_14495_1'],
  [/\.4\.91$/, 'ISO_15444_1'],
  [/\.4\.203$/, 'ISO_15444_15'],
];

/**
 * Pixels once compressed with loss stay so whatever they are written as, and the new transfer syntax no longer tells
 * (PS3.3 C.7.6.1.1.5).
 */
function lossyFlags({ dataSet, transferSyntax }: DicomFile, image: ImagePixels): Edit[] {
  const method = lossyMethods.find(([end]) => end.test(transferSyntax.uid))?.[1];
  // Where it is said at all, JPEG-LS and JPEG 2000 may have been lossless in a transfer syntax that allows loss.
  const said = dataSet.text(LOSSY);
  if (method === undefined || said === '01' || (said === '00' && method !== 'ISO_10918_1')) return [];
  const element = dataSet.get(PIXEL_DATA);
  const compressed = element?.fragments?.reduce((sum, { start, end }) => sum + end - start, 0) ?? 0;
  const { rows, columns, samplesPerPixel, bitsAllocated, frames } = image;
  const plain = (rows * columns * samplesPerPixel * bitsAllocated * frames) / 8;
  return [
    { kind: 'set', tag: LOSSY, vr: 'CS', value: '01' },
    { kind: 'set', tag: LOSSY_RATIO, vr: 'DS', value: (plain / Math.max(1, compressed)).toFixed(2) },
    { kind: 'set', tag: LOSSY_METHOD, vr: 'CS', value: method },
  ];
}
