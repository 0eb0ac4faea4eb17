/** What is known of where devices write text, before any picture is looked at. */
import { z } from 'zod';
import type { DataSet } from '../../read/data-set.ts';
import { SOP_CLASS_UID } from '../../tag.ts';
import type { Region } from '../blank.ts';
import type { ImagePixels } from '../image-pixels.ts';
import type { TextRegion } from './text-region.ts';

const whole = z.int().nonnegative();
const named = z.string().min(1).max(64);

export const regionSchema = z.strictObject({ x: whole, y: whole, width: whole, height: whole });

/** Regions that a person has drawn once for all images of a device and size. */
const equipmentPresetSchema = z.strictObject({
  name: named,
  /** What is left out fits any image. */
  match: z.strictObject({
    modality: named.optional(),
    manufacturer: named.optional(),
    model: named.optional(),
    rows: whole.optional(),
    columns: whole.optional(),
  }),
  regions: z.array(regionSchema),
});

/** A file of presets, to be handed on from one site to another. */
export const equipmentPresetsSchema = z.strictObject({
  semblanceEquipmentPresets: z.literal(1),
  presets: z.array(equipmentPresetSchema),
});

export type EquipmentPreset = z.infer<typeof equipmentPresetSchema>;

const MODALITY = 0x00080060;
const MANUFACTURER = 0x00080070;
const MODEL = 0x00081090;
const IMAGE_TYPE = 0x00080008;
const CONVERSION_TYPE = 0x00080064;
const BURNED_IN_ANNOTATION = 0x00280301;
const ULTRASOUND_REGIONS = 0x00186011;

/** Upper and lower case are one, since devices of one maker differ in that. */
export function presetRegions(
  presets: readonly EquipmentPreset[],
  dataSet: DataSet,
  image: ImagePixels,
): TextRegion[] {
  const fits = (wanted: string | undefined, tag: number) =>
    wanted === undefined || dataSet.text(tag)?.toLowerCase() === wanted.toLowerCase();
  return presets
    .filter(
      ({ match }) =>
        fits(match.modality, MODALITY) &&
        fits(match.manufacturer, MANUFACTURER) &&
        fits(match.model, MODEL) &&
        (match.rows ?? image.rows) === image.rows &&
        (match.columns ?? image.columns) === image.columns,
    )
    .flatMap(({ regions }) => regions.map((region) => ({ ...region, foundBy: ['preset'] as const })));
}

/** Where an ultrasound device says it shows an image (PS3.3 C.8.5.5.1.3). */
export function ultrasoundRegions(dataSet: DataSet): Region[] {
  return dataSet.items(ULTRASOUND_REGIONS).flatMap((item) => {
    const [x = NaN, y = NaN, right = NaN, bottom = NaN] = [
      0x00186018, 0x0018601a, 0x0018601c, 0x0018601e,
    ].map((tag) => item.numbers(tag)[0]);
    return right > x && bottom > y ? [{ x, y, width: right + 1 - x, height: bottom + 1 - y }] : [];
  });
}

/**
 * All but the regions in which an ultrasound device says it shows an image: that is where it writes.
 *
 * @returns Nothing where it says nothing.
 */
export function outsideUltrasoundRegions(dataSet: DataSet, image: ImagePixels): TextRegion[] {
  const inside = ultrasoundRegions(dataSet).map(({ x, y, width, height }) => ({
    x,
    y,
    right: x + width,
    bottom: y + height,
  }));
  if (inside.length === 0) return [];
  const cuts = (ends: readonly number[], last: number) =>
    [...new Set([0, ...ends, last])].filter((at) => at >= 0 && at <= last).sort((a, b) => a - b);
  const xs = cuts(
    inside.flatMap(({ x, right }) => [x, right]),
    image.columns,
  );
  const ys = cuts(
    inside.flatMap(({ y, bottom }) => [y, bottom]),
    image.rows,
  );
  return ys.slice(1).flatMap((bottom, row) => {
    const y = ys[row] ?? 0;
    const strips: TextRegion[] = [];
    xs.slice(1).forEach((right, column) => {
      const x = xs[column] ?? 0;
      if (inside.some((one) => x >= one.x && right <= one.right && y >= one.y && bottom <= one.bottom))
        return;
      const left = strips.at(-1);
      if (left && left.x + left.width === x) strips[strips.length - 1] = { ...left, width: right - left.x };
      else strips.push({ x, y, width: right - x, height: bottom - y, foundBy: ['preset'] });
    });
    return strips;
  });
}

/** Modalities whose pictures are screens, films or photographs: CTs and MRs are not. */
const writtenUpon = new Set([
  'US',
  'IVUS',
  'SC',
  'OT',
  'XC',
  'GM',
  'ES',
  'RF',
  'XA',
  'DG',
  'OP',
  'ECG',
  'HD',
  'CR',
  'DX',
  'MG',
  'PX',
]);
const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';

export type Likelihood = 'stated' | 'likely' | 'unlikely';

/** How likely text is, from what the file says of how it was made. “NO” in (0028,0301) is not relied on. */
export function textLikelihood(dataSet: DataSet): Likelihood {
  if (dataSet.text(BURNED_IN_ANNOTATION)?.toUpperCase() === 'YES') return 'stated';
  const type = dataSet.strings(IMAGE_TYPE);
  const isScreen =
    type[1] === 'SECONDARY' || type.some((value) => /SCREEN|CAPTURE|REPORT|DOSE|SUMMARY/i.test(value));
  const isCaptured =
    dataSet.text(SOP_CLASS_UID)?.startsWith(secondaryCapture) === true ||
    dataSet.text(CONVERSION_TYPE) !== undefined;
  return isScreen || isCaptured || writtenUpon.has(dataSet.text(MODALITY) ?? 'OT') ? 'likely' : 'unlikely';
}
