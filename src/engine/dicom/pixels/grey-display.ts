/** From stored values to shades of grey: modality, values of interest, presentation (PS3.3 C.11.1, C.11.2; PS3.4 N.2). */
import type { DataSet } from '../read/data-set.ts';
import { tags } from './file-frames.ts';
import type { Frame } from './image-pixels.ts';
import { lookedUp, lookupTableOf } from './lookup-table.ts';
import type { LookupTable } from './lookup-table.ts';

export type WindowFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

/** In units of the modality, Hounsfield units of a CT. */
export interface Window {
  readonly center: number;
  readonly width: number;
  readonly function: WindowFunction;
}

export interface GreyDisplay {
  readonly slope: number;
  readonly intercept: number;
  readonly modalityTable: LookupTable | undefined;
  readonly interestTable: LookupTable | undefined;
  /** As the file lists them; the first is the one to begin with. */
  readonly windows: readonly Window[];
  /** Low values are white. */
  readonly inverted: boolean;
  /** Stored value of what is no image, which windows leave out of account. */
  readonly padding: number | undefined;
}

const SHARED_GROUPS = 0x52009229;
const FRAME_GROUPS = 0x52009230;
const PIXEL_VALUE_TRANSFORMATION = 0x00289145;
const FRAME_VOI_LUT = 0x00289132;

/** @param frame From 0; enhanced files say it for each. */
export function greyDisplayOf(dataSet: DataSet, frame = 0): GreyDisplay {
  const transformation = groupOf(dataSet, PIXEL_VALUE_TRANSFORMATION, frame);
  const interest = groupOf(dataSet, FRAME_VOI_LUT, frame);
  const [modality] = dataSet.items(0x00283000);
  const [voi] = dataSet.items(0x00283010);
  const shape = dataSet.text(0x20500020);
  const slope = transformation.numbers(0x00281053)[0] ?? 1;
  return {
    slope: Number.isFinite(slope) && slope !== 0 ? slope : 1,
    intercept: transformation.numbers(0x00281052)[0] ?? 0,
    modalityTable: modality && lookupTableOf(modality, 0x00283002, 0x00283006),
    interestTable: voi && lookupTableOf(voi, 0x00283002, 0x00283006),
    windows: windowsOf(interest),
    inverted: shape ? shape === 'INVERSE' : dataSet.text(tags.photometricInterpretation) === 'MONOCHROME1',
    padding: dataSet.numbers(0x00280120)[0],
  };
}

/** The data set in which a functional group's attributes are: that of the frame, of all frames, or the file's. */
function groupOf(dataSet: DataSet, group: number, frame: number): DataSet {
  const [ofFrame] = dataSet.items(FRAME_GROUPS)[frame]?.items(group) ?? [];
  const [ofAll] = dataSet.items(SHARED_GROUPS)[0]?.items(group) ?? [];
  return ofFrame ?? ofAll ?? dataSet;
}

function windowsOf(dataSet: DataSet): Window[] {
  const widths = dataSet.numbers(0x00281051);
  const named = dataSet.text(0x00281056);
  const of = named === 'SIGMOID' || named === 'LINEAR_EXACT' ? named : 'LINEAR';
  const least = of === 'LINEAR' ? 1 : 0;
  return dataSet.numbers(0x00281050).flatMap((center, i) => {
    const width = widths[i] ?? Number.NaN;
    const usable = Number.isFinite(center) && width >= least && width > 0;
    return usable ? [{ center, width, function: of }] : [];
  });
}

/** A stored value in units of the modality. */
export function modalityValue({ slope, intercept, modalityTable }: GreyDisplay, stored: number): number {
  return modalityTable ? lookedUp(modalityTable, stored) : stored * slope + intercept;
}

/** The shade of a modality value in a window, from 0 to 1 (PS3.3 C.11.2.1.2 and C.11.2.1.3). */
export function windowed({ center, width, function: of }: Window, value: number): number {
  if (of === 'SIGMOID') return 1 / (1 + Math.exp((-4 * (value - center)) / width));
  if (of === 'LINEAR_EXACT') return Math.max(0, Math.min(1, (value - center) / width + 0.5));
  if (value <= center - 0.5 - (width - 1) / 2) return 0;
  if (value > center - 0.5 + (width - 1) / 2) return 1;
  return (value - (center - 0.5)) / (width - 1) + 0.5;
}

/** The window that just holds all values of a frame, for files that give none. */
export function wholeWindow(display: GreyDisplay, frame: Frame): Window {
  let least = Infinity;
  let most = -Infinity;
  for (const value of frame.samples) {
    if (value === display.padding) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) [least, most] = [0, 0];
  const ends = [modalityValue(display, least), modalityValue(display, most)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return { center: (low + high) / 2, width: Math.max(high - low, 1e-9), function: 'LINEAR_EXACT' };
}

/** The shade of a stored value, from 0 to 1, black to white. */
export function shade(display: GreyDisplay, window: Window | undefined, stored: number): number {
  const value = modalityValue(display, stored);
  const table = display.interestTable;
  const light = window ? windowed(window, value) : table ? lookedUp(table, value) / (2 ** table.bits - 1) : 0;
  return display.inverted ? 1 - light : light;
}
