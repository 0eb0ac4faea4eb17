/**
 * The document in which a person reviews what is masked: regions for each geometry of a device, and others for single
 * instances where those differ. It holds places and devices, nothing that was read there. Whoever keeps it writes it
 * atomically and beside the map of pseudonyms.
 */
import { z } from 'zod';
import type { Region } from '../blank.ts';
import { deviceGeometrySchema, geometryKey } from './device-geometry.ts';
import type { DeviceGeometry } from './device-geometry.ts';
import { regionSchema } from './presets.ts';
import type { EquipmentPreset } from './presets.ts';
import { coverage, merged } from './text-region.ts';
import type { TextRegion } from './text-region.ts';

const reviewedRegion = z.strictObject({
  ...regionSchema.shape,
  /** Found by the program, added by a person, or found and taken away by a person: then it is not found again. */
  state: z.enum(['found', 'added', 'removed']),
  foundBy: z.array(z.enum(['strokes', 'recognised', 'preset'])),
});

const regionsOfOne = z.strictObject({
  regions: z.array(reviewedRegion),
  /** Whether a person has looked at these regions as they stand. */
  reviewed: z.boolean(),
});

export const regionReviewSchema = z.strictObject({
  semblanceTextRegions: z.literal(1),
  geometries: z.array(
    z.strictObject({
      geometry: deviceGeometrySchema,
      ...regionsOfOne.shape,
      /** Whether text stands elsewhere from image to image, so that each was looked at. */
      varies: z.boolean(),
      /** Instances with regions of their own, by what the caller names them. */
      instances: z.record(z.string(), regionsOfOne),
    }),
  ),
});

export type RegionReview = z.infer<typeof regionReviewSchema>;
export type ReviewedRegion = z.infer<typeof reviewedRegion>;
type RegionsOfOne = z.infer<typeof regionsOfOne>;
type GeometryReview = RegionReview['geometries'][number];

export const emptyReview: RegionReview = { semblanceTextRegions: 1, geometries: [] };

/** What regions are for: all images of a geometry, or one instance of it. */
export interface Scope {
  readonly geometry: DeviceGeometry;
  readonly instance?: string;
}

/** Of a found region, how much has to lie in regions that are there for it to be no news. */
const known = 0.98;
/** Of a found region, how much has to lie in removed ones for it to stay removed. */
const stillRemoved = 0.8;

/**
 * With what was found in more frames or instances: the union. What a person has removed stays so; what is new has to be
 * reviewed.
 */
export function withFound(review: RegionReview, scope: Scope, found: readonly TextRegion[]): RegionReview {
  return changed(review, scope, (one) => united(one, found));
}

function united(one: RegionsOfOne, found: readonly TextRegion[]): RegionsOfOne {
  const of = (state: ReviewedRegion['state']) => one.regions.filter((region) => region.state === state);
  const [before, added, removed] = [of('found'), of('added'), of('removed')];
  const news = found.filter(
    (region) => coverage(region, removed) < stillRemoved && coverage(region, [...before, ...added]) < known,
  );
  if (news.length === 0) return one;
  const all = merged([...before, ...news]).map(({ x, y, width, height, foundBy }): ReviewedRegion => ({
    x,
    y,
    width,
    height,
    state: 'found',
    foundBy: [...foundBy],
  }));
  return { regions: [...all, ...added, ...removed], reviewed: false };
}

/** With what was found in instances of a geometry whose text stands elsewhere from image to image, each its own. */
export function withFoundInEach(
  review: RegionReview,
  geometry: DeviceGeometry,
  found: ReadonlyMap<string, readonly TextRegion[]>,
): RegionReview {
  return replaced(review, geometry, (entry) => ({
    ...entry,
    varies: true,
    instances: {
      ...entry.instances,
      ...Object.fromEntries(
        [...found].map(([instance, regions]) => {
          const { regions: before, reviewed } = entry.instances[instance] ?? entry;
          return [instance, united({ regions: before, reviewed }, regions)];
        }),
      ),
    },
  }));
}

/** With the regions as a person has left them: found ones are known again by their place, all others are added. */
export function withRegions(
  review: RegionReview,
  scope: Scope,
  regions: readonly Pick<ReviewedRegion, 'x' | 'y' | 'width' | 'height' | 'state'>[],
  reviewed: boolean,
): RegionReview {
  return changed(review, scope, (one) => ({
    reviewed,
    regions: regions.map(({ x, y, width, height, state }) => {
      const region = { x, y, width, height };
      const before = one.regions.find((each) => isSame(each, region) && each.state !== 'added');
      const of = before ? (state === 'removed' ? 'removed' : 'found') : 'added';
      return { ...region, state: of, foundBy: before?.foundBy ?? [] };
    }),
  }));
}

/** With a region that a person has drawn. */
export function withAdded(review: RegionReview, scope: Scope, { x, y, width, height }: Region): RegionReview {
  const region: ReviewedRegion = { x, y, width, height, state: 'added', foundBy: [] };
  return changed(review, scope, (one) => ({ ...one, regions: [...one.regions, region] }));
}

/** Without a region: one that a person has drawn is gone, one that was found is kept in mind as removed. */
export function withRemoved(review: RegionReview, scope: Scope, region: Region): RegionReview {
  return changed(review, scope, (one) => ({
    ...one,
    regions: one.regions.flatMap((each) => {
      if (!isSame(each, region)) return [each];
      return each.state === 'added' ? [] : [{ ...each, state: 'removed' as const }];
    }),
  }));
}

/** With a found region that had been removed. */
export function withRestored(review: RegionReview, scope: Scope, region: Region): RegionReview {
  return changed(review, scope, (one) => ({
    ...one,
    regions: one.regions.map((each) => (isSame(each, region) ? { ...each, state: 'found' } : each)),
  }));
}

export function withReviewed(review: RegionReview, scope: Scope, reviewed: boolean): RegionReview {
  return changed(review, scope, (one) => ({ ...one, reviewed }));
}

/** An instance is masked as its geometry again. */
export function withoutInstance(
  review: RegionReview,
  geometry: DeviceGeometry,
  instance: string,
): RegionReview {
  return replaced(review, geometry, (entry) => {
    const { [instance]: _gone, ...instances } = entry.instances;
    return { ...entry, instances };
  });
}

export interface RegionsToMask {
  readonly regions: readonly Region[];
  readonly reviewed: boolean;
}

/**
 * Those of the instance where it has its own, else those of its geometry.
 *
 * @returns undefined where nobody has looked for text: in such a geometry, or in such an instance of a geometry whose
 *   text stands elsewhere from image to image. Nothing of the file may then be passed on as cleaned.
 */
export function regionsToMask(
  review: RegionReview,
  { geometry, instance }: Scope,
): RegionsToMask | undefined {
  const entry = entryOf(review, geometry);
  if (!entry) return undefined;
  const own = instance === undefined ? undefined : entry.instances[instance];
  if (!own && entry.varies && instance !== undefined) return undefined;
  const { regions, reviewed } = own ?? entry;
  return { regions: regions.filter(({ state }) => state !== 'removed'), reviewed };
}

/** All regions with their states, for a person to look at. */
export function regionsFor(review: RegionReview, { geometry, instance }: Scope): readonly ReviewedRegion[] {
  const entry = entryOf(review, geometry);
  return (instance === undefined ? undefined : entry?.instances[instance])?.regions ?? entry?.regions ?? [];
}

/** What a person has made of the regions of a geometry, as a preset for all images of such devices. */
export function presetOf(review: RegionReview, geometry: DeviceGeometry, name: string): EquipmentPreset {
  const { modality, manufacturer, model, rows, columns } = geometry;
  const stated = Object.entries({ modality, manufacturer, model }).filter(([, value]) => value !== '');
  const { regions = [] } = regionsToMask(review, { geometry }) ?? {};
  return {
    name,
    match: { ...Object.fromEntries(stated), rows, columns },
    regions: regions.map(({ x, y, width, height }) => ({ x, y, width, height })),
  };
}

function entryOf({ geometries }: RegionReview, geometry: DeviceGeometry): GeometryReview | undefined {
  const key = geometryKey(geometry);
  return geometries.find((entry) => geometryKey(entry.geometry) === key);
}

/** An instance begins with what its geometry has. */
function changed(
  review: RegionReview,
  { geometry, instance }: Scope,
  change: (one: RegionsOfOne) => RegionsOfOne,
): RegionReview {
  return replaced(review, geometry, (entry) => {
    const { regions, reviewed } = (instance === undefined ? undefined : entry.instances[instance]) ?? entry;
    const after = change({ regions, reviewed });
    if (instance === undefined) return { ...entry, ...after };
    return { ...entry, instances: { ...entry.instances, [instance]: after } };
  });
}

function replaced(
  review: RegionReview,
  geometry: DeviceGeometry,
  change: (entry: GeometryReview) => GeometryReview,
): RegionReview {
  const key = geometryKey(geometry);
  const before = entryOf(review, geometry);
  if (!before) {
    const fresh = { geometry, regions: [], reviewed: false, varies: false, instances: {} };
    return { ...review, geometries: [...review.geometries, change(fresh)] };
  }
  return {
    ...review,
    geometries: review.geometries.map((entry) =>
      geometryKey(entry.geometry) === key ? change(entry) : entry,
    ),
  };
}

function isSame(a: Region, b: Region): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
