/** The frames of a DICOM file, decompressed one by one. */
import { AppError } from '../../../shared/errors.ts';
import type { DataSet } from '../read/data-set.ts';
import type { DicomFile } from '../read/part10.ts';
import { PIXEL_DATA, PIXEL_REPRESENTATION } from '../tag.ts';
import { decodeFrame } from './decode-frame.ts';
import { frameFragments, joined } from './fragments.ts';
import type { Frame, ImagePixels } from './image-pixels.ts';
import { checkImagePixels } from './image-pixels.ts';
import { nativeFrame } from './native-frames.ts';

const EXTENDED_OFFSET_TABLE = 0x7fe00001;

/** Attributes of the Image Pixel module. */
export const tags = {
  samplesPerPixel: 0x00280002,
  photometricInterpretation: 0x00280004,
  planarConfiguration: 0x00280006,
  numberOfFrames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  bitsAllocated: 0x00280100,
  bitsStored: 0x00280101,
  highBit: 0x00280102,
  pixelRepresentation: PIXEL_REPRESENTATION,
} as const;

/** @returns undefined where the data set has no pixels. */
export function imagePixelsOf(dataSet: DataSet): ImagePixels | undefined {
  return dataSet.get(PIXEL_DATA) ? statedPixels(dataSet) : undefined;
}

/** What a data set says of its pixels, whether or not they were read; undefined where it says no size. */
export function statedPixels(dataSet: DataSet): ImagePixels | undefined {
  if (!dataSet.get(tags.rows)) return undefined;
  const number = (tag: number, otherwise: number) => dataSet.numbers(tag)[0] ?? otherwise;
  const bitsAllocated = number(tags.bitsAllocated, 16);
  const bitsStored = number(tags.bitsStored, bitsAllocated);
  const samplesPerPixel = number(tags.samplesPerPixel, 1);
  return {
    rows: number(tags.rows, 0),
    columns: number(tags.columns, 0),
    samplesPerPixel,
    bitsAllocated,
    bitsStored,
    highBit: number(tags.highBit, bitsStored - 1),
    signed: number(tags.pixelRepresentation, 0) === 1,
    photometricInterpretation:
      dataSet.text(tags.photometricInterpretation) ?? (samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2'),
    planar: number(tags.planarConfiguration, 0) === 1,
    frames: number(tags.numberOfFrames, 1),
  };
}

/** The frames of one file. */
export interface FileFrames {
  readonly image: ImagePixels;
  /**
   * @param index From 0.
   * @throws source/malformed where the frame is damaged or compressed in a way that cannot be read.
   */
  readonly frame: (index: number) => Promise<Frame>;
}

/**
 * @returns undefined where the file has no pixels.
 * @throws source/malformed where the attributes contradict one another, or it cannot be told where frames begin.
 */
export function framesOf(file: DicomFile): FileFrames | undefined {
  const { bytes, dataSet, transferSyntax } = file;
  const image = imagePixelsOf(dataSet);
  const element = dataSet.get(PIXEL_DATA);
  if (!image || !element) return undefined;
  checkImagePixels(image);
  if (element.fragments) {
    const table = element.offsetTable?.length ? element.offsetTable : extendedOffsets(dataSet);
    const ranges = frameFragments(bytes, { fragments: element.fragments, offsets: table }, image.frames);
    return {
      image,
      frame: async (index) => {
        const range = ranges[index];
        if (!range) throw AppError.of('source/malformed', 'pixels_cut_short', {});
        return decodeFrame(transferSyntax.uid, image, joined(bytes, range));
      },
    };
  }
  const data = {
    bytes: bytes.subarray(element.valueStart, element.valueStart + element.length),
    bigEndian: !transferSyntax.littleEndian,
    // Implicit files say nothing, and little-endian words of bytes are the bytes.
    vr: element.vr === 'OB' ? ('OB' as const) : ('OW' as const),
  };
  return { image, frame: (index) => Promise.resolve().then(() => nativeFrame(data, image, index)) };
}

/** Offsets of 64 bits (PS3.3 C.7.6.3.1.8), for files above 4 GB. */
function extendedOffsets(dataSet: DataSet): number[] {
  return dataSet.numbers(EXTENDED_OFFSET_TABLE);
}
