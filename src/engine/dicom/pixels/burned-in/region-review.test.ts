import { describe, expect, test } from 'vitest';
import type { DeviceGeometry } from './device-geometry.ts';
import {
  emptyReview,
  presetOf,
  regionReviewSchema,
  regionsFor,
  regionsToMask,
  withAdded,
  withFound,
  withFoundInEach,
  withRemoved,
  withRestored,
  withReviewed,
  withoutInstance,
} from './region-review.ts';
import { equipmentPresetsSchema } from './presets.ts';
import type { TextRegion } from './text-region.ts';

const geometry: DeviceGeometry = {
  modality: 'US',
  manufacturer: 'ACME',
  model: 'ONE',
  rows: 480,
  columns: 640,
  photometricInterpretation: 'RGB',
  ultrasoundRegions: [],
};
const at = (x: number, y: number, width = 100, height = 20): TextRegion => ({
  x,
  y,
  width,
  height,
  foundBy: ['strokes'],
});
const places = (regions: readonly { x: number; y: number; width: number; height: number }[] | undefined) =>
  regions?.map(({ x, y, width, height }) => [x, y, width, height]);

describe('regions a person reviews', () => {
  test('of a geometry nobody has looked at nothing is known', () => {
    expect(regionsToMask(emptyReview, { geometry })).toBeUndefined();
    const looked = withFound(emptyReview, { geometry }, []);
    expect(regionsToMask(looked, { geometry })).toEqual({ regions: [], reviewed: false });
    expect(regionsToMask(looked, { geometry: { ...geometry, rows: 481 } })).toBeUndefined();
  });

  test('what is found in several images is united, and news have to be reviewed again', () => {
    let review = withFound(emptyReview, { geometry }, [at(10, 10)]);
    review = withReviewed(review, { geometry }, true);
    review = withFound(review, { geometry }, [at(12, 10, 90)]);
    expect(regionsToMask(review, { geometry })?.reviewed).toBe(true);
    review = withFound(review, { geometry }, [at(50, 10), at(300, 400)]);
    const { regions, reviewed } = regionsToMask(review, { geometry }) ?? {};
    expect(reviewed).toBe(false);
    expect(places(regions)).toEqual([
      [10, 10, 140, 20],
      [300, 400, 100, 20],
    ]);
  });

  test('what a person removes is not found again, and can be restored; what one added goes', () => {
    let review = withFound(emptyReview, { geometry }, [at(10, 10), at(10, 200)]);
    review = withRemoved(review, { geometry }, at(10, 10));
    review = withAdded(review, { geometry }, at(400, 10));
    review = withFound(review, { geometry }, [at(11, 10, 98)]);
    expect(places(regionsToMask(review, { geometry })?.regions)).toEqual([
      [10, 200, 100, 20],
      [400, 10, 100, 20],
    ]);
    expect(regionsFor(review, { geometry })).toHaveLength(3);
    review = withRemoved(review, { geometry }, at(400, 10));
    expect(regionsFor(review, { geometry })).toHaveLength(2);
    review = withRestored(review, { geometry }, at(10, 10));
    expect(regionsToMask(review, { geometry })?.regions).toHaveLength(2);
  });

  test('an instance begins with the regions of its geometry, and then has its own', () => {
    let review = withFound(emptyReview, { geometry }, [at(10, 10)]);
    review = withAdded(review, { geometry, instance: 'a' }, at(200, 300));
    expect(regionsToMask(review, { geometry, instance: 'a' })?.regions).toHaveLength(2);
    expect(regionsToMask(review, { geometry, instance: 'b' })?.regions).toHaveLength(1);
    review = withoutInstance(review, geometry, 'a');
    expect(regionsToMask(review, { geometry, instance: 'a' })?.regions).toHaveLength(1);
  });

  test('where text varies, instances nobody has looked at have no regions to go by', () => {
    const review = withFoundInEach(emptyReview, geometry, new Map([['a', [at(10, 10)]]]));
    expect(places(regionsToMask(review, { geometry, instance: 'a' })?.regions)).toEqual([[10, 10, 100, 20]]);
    expect(regionsToMask(review, { geometry, instance: 'b' })).toBeUndefined();
  });

  test('what was reviewed becomes a preset, with what the device says of itself', () => {
    let review = withFound(emptyReview, { geometry }, [at(10, 10), at(10, 200)]);
    review = withRemoved(review, { geometry }, at(10, 200));
    const preset = presetOf(review, { ...geometry, model: '' }, 'Acme');
    expect(preset.regions).toEqual([]);
    const whole = presetOf(review, geometry, 'Acme');
    expect(whole.match).toEqual({
      modality: 'US',
      manufacturer: 'ACME',
      model: 'ONE',
      rows: 480,
      columns: 640,
    });
    expect(places(whole.regions)).toEqual([[10, 10, 100, 20]]);
    expect('model' in preset.match).toBe(false);
    const document: unknown = { semblanceEquipmentPresets: 1, presets: [whole] };
    expect(equipmentPresetsSchema.parse(document).presets).toEqual([whole]);
  });

  test('the document is read again as it was written, and refused with anything else in it', () => {
    const review = withAdded(withFound(emptyReview, { geometry }, [at(1, 2)]), { geometry }, at(3, 4));
    const read: unknown = JSON.parse(JSON.stringify(review));
    expect(regionReviewSchema.parse(read)).toEqual(review);
    expect(regionReviewSchema.safeParse({ ...review, semblanceTextRegions: 2 }).success).toBe(false);
    expect(regionReviewSchema.safeParse({ ...review, text: 'SMITH' }).success).toBe(false);
  });
});
