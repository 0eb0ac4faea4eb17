/** What images have in common, on which a device writes in the same places. */
import { z } from 'zod';
import type { DataSet } from '../../read/data-set.ts';
import type { ImagePixels } from '../image-pixels.ts';
import { regionSchema, ultrasoundRegions } from './presets.ts';

const whole = z.int().nonnegative();
const named = z.string().max(64);

export const deviceGeometrySchema = z.strictObject({
  modality: named,
  manufacturer: named,
  model: named,
  rows: whole,
  columns: whole,
  /** Grey and coloured screens of a device differ. */
  photometricInterpretation: named,
  /** Where an ultrasound device shows an image: every layout of its screen has others. */
  ultrasoundRegions: z.array(regionSchema),
});

export type DeviceGeometry = z.infer<typeof deviceGeometrySchema>;

const MODALITY = 0x00080060;
const MANUFACTURER = 0x00080070;
const MODEL = 0x00081090;

/** Upper and lower case are one, since devices of one maker differ in that. */
export function deviceGeometryOf(dataSet: DataSet, image: ImagePixels): DeviceGeometry {
  const of = (tag: number) => (dataSet.text(tag) ?? '').trim().toUpperCase().slice(0, 64);
  return {
    modality: of(MODALITY),
    manufacturer: of(MANUFACTURER),
    model: of(MODEL),
    rows: image.rows,
    columns: image.columns,
    photometricInterpretation: image.photometricInterpretation,
    ultrasoundRegions: ultrasoundRegions(dataSet),
  };
}

/** The same for the same geometry, and for no other. */
export function geometryKey(geometry: DeviceGeometry): string {
  const { modality, manufacturer, model, rows, columns, photometricInterpretation } = geometry;
  const regions = geometry.ultrasoundRegions.map(({ x, y, width, height }) => [x, y, width, height]);
  return JSON.stringify([
    modality,
    manufacturer,
    model,
    rows,
    columns,
    photometricInterpretation,
    regions.sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d),
  ]);
}
