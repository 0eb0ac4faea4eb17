/** DICOM projects as the window sees them. */
import { z } from 'zod';
import { actionCodes, handlings, optionNames } from './dicom-options.ts';
import { errorShape } from './jobs.ts';
import { exportRecord, projectSummary } from './project.ts';

const whole = z.number().int().nonnegative();

/** What has been found in the sources so far. */
export const dicomCounts = z.object({
  ...{ patients: whole, studies: whole, series: whole, instances: whole, bytes: whole },
  /** Looked at, of whatever kind; then those that are in no study, by why. */
  ...{
    files: whole,
    duplicates: whole,
    conflicts: whole,
    notDicom: whole,
    damaged: whole,
    unreadable: whole,
  },
  directories: whole,
  /** Each study of theirs counts as one patient. */
  patientsWithoutId: whole,
  studiesOfSeveralPatients: whole,
});
export type DicomCounts = z.infer<typeof dicomCounts>;

/** `(gggg,eeee)`. */
const tag = z.string().regex(/^\([0-9A-F]{4},[0-9A-F]{4}\)$/);

/** How a project is de-identified and its files are named. */
export const dicomChoices = z.object({
  profileName: z.string().min(1).max(200),
  options: z.array(z.enum(optionNames)).max(20),
  /** Attributes that are treated otherwise than the standard says. */
  overrides: z.array(z.object({ tag, code: z.enum(actionCodes) })).max(10_000),
  template: z.string().min(1).max(500),
  dicomdir: z.boolean(),
});
export type DicomChoices = z.infer<typeof dicomChoices>;

export const profileDifference = z.object({
  tag,
  name: z.string(),
  code: z.enum(actionCodes),
  /** Null where the standard's table does not list it. */
  standard: z.enum(actionCodes).nullable(),
});
export type ProfileDifferenceView = z.infer<typeof profileDifference>;

export const dicomProject = projectSummary.extend({
  sources: z.array(z.string()),
  counts: dicomCounts,
  choices: dicomChoices,
  differences: z.array(profileDifference),
  exports: z.array(exportRecord),
});
export type DicomProject = z.infer<typeof dicomProject>;

export const dicomSeries = z.object({
  /** Names the series in calls; good as long as the project is open. */
  ref: z.string(),
  ...{ modality: z.string(), number: z.string(), description: z.string() },
  instances: whole,
});
export type DicomSeries = z.infer<typeof dicomSeries>;

export const dicomStudy = z.object({
  ...{ uid: z.string(), date: z.string(), description: z.string(), accessionNumber: z.string() },
  series: z.array(dicomSeries),
});
export type DicomStudy = z.infer<typeof dicomStudy>;

export const dicomPatient = z.object({
  ...{ id: z.string(), name: z.string(), birthDate: z.string(), sex: z.string() },
  studies: z.array(dicomStudy),
});
export type DicomPatient = z.infer<typeof dicomPatient>;

/** A file that is in no study, and why. */
export const quarantinedFile = z.object({ file: z.string(), error: errorShape });
export type QuarantinedFile = z.infer<typeof quarantinedFile>;

export const greyWindow = z.object({ center: z.number(), width: z.number() });
export type GreyWindow = z.infer<typeof greyWindow>;

/** Arrays from another process are not of this one's classes, but say what they are. */
function arrayOf<T>(name: string) {
  return z.custom<T>((value) => Object.prototype.toString.call(value) === `[object ${name}]`);
}

/** A frame as a page can show it; `none` where the file has no pixels. */
export const dicomImage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('grey'),
    ...{ rows: whole, columns: whole, frames: whole },
    /** In units of the modality, one value a pixel; 4 bytes each where whole numbers of 16 bits do not hold them. */
    values: z.union([
      arrayOf<Int16Array<ArrayBuffer>>('Int16Array'),
      arrayOf<Uint16Array<ArrayBuffer>>('Uint16Array'),
      arrayOf<Uint8Array<ArrayBuffer>>('Uint8Array'),
      arrayOf<Float32Array<ArrayBuffer>>('Float32Array'),
    ]),
    /** To begin with. */
    window: greyWindow,
    /** Low values are white. */
    inverted: z.boolean(),
  }),
  z.object({
    kind: z.literal('colour'),
    ...{ rows: whole, columns: whole, frames: whole },
    /** Red, green, blue and opacity of each pixel. */
    rgba: arrayOf<Uint8ClampedArray<ArrayBuffer>>('Uint8ClampedArray'),
  }),
  z.object({ kind: z.literal('none') }),
]);
export type DicomImage = z.infer<typeof dicomImage>;

/** A device, or layout of its screen, whose pictures may hold text in the same places. */
export const dicomDevice = z.object({
  /** Names it in calls. */
  key: z.string(),
  ...{ modality: z.string(), manufacturer: z.string(), model: z.string() },
  ...{ rows: whole, columns: whole, images: whole },
  /** Whether text was looked for. */
  isLookedAt: z.boolean(),
  /** Whether a person has looked over what was found. */
  isReviewed: z.boolean(),
  /** That will be made black in one of its images, at most. */
  regions: whole,
});
export type DicomDevice = z.infer<typeof dicomDevice>;

export const pictureRegion = z.object({
  ...{ x: whole, y: whole, width: whole, height: whole },
  /** Found by the program, added by a person, or found and taken away by a person. */
  state: z.enum(['found', 'added', 'removed']),
});
export type PictureRegion = z.infer<typeof pictureRegion>;

export const devicePicture = z.object({
  image: dicomImage,
  regions: z.array(pictureRegion),
  isLookedAt: z.boolean(),
  isReviewed: z.boolean(),
});
export type DevicePicture = z.infer<typeof devicePicture>;

/** One element of a file, of items within sequences too. */
export const dicomTag = z.object({
  depth: whole,
  tag: z.string(),
  vr: z.string(),
  name: z.string(),
  value: z.string(),
});
export type DicomTag = z.infer<typeof dicomTag>;

/** One attribute before and after; null where it is not there. */
export const dicomChange = z.object({
  /** Tags of the sequences around it and its own. */
  path: z.array(z.string()),
  name: z.string(),
  handling: z.enum(handlings),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Words that cleaning kept. */
  kept: z.array(z.string()).optional(),
});
export type DicomChange = z.infer<typeof dicomChange>;

/** What would change over some files of a project. */
export const dicomSummary = z.object({
  /** Files looked at for it. */
  files: whole,
  attributes: z.array(
    z.object({
      /** Null for private attributes together. */
      tag: z.string().nullable(),
      name: z.string(),
      handling: z.enum(handlings),
      changed: whole,
      files: whole,
    }),
  ),
  keptWords: z.array(z.object({ word: z.string(), times: whole })),
  /** Files that would be withheld, by why. */
  withheld: z.array(quarantinedFile),
  /** Files whose pixels may show text. */
  maybeText: whole,
});
export type DicomSummary = z.infer<typeof dicomSummary>;
