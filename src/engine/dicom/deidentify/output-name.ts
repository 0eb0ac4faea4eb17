/** Names of de-identified files, from what the files themselves say after it: nothing of the source can be in them. */
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { type DataSet } from '../read/data-set.ts';
import { MODALITY, PATIENT_ID, SERIES_INSTANCE_UID, SOP_INSTANCE_UID, STUDY_INSTANCE_UID } from '../tag.ts';
import { type Deidentified } from './deidentify-file.ts';

/** Where a file goes below the output folder, with `/` between folders. */
export type OutputNaming = (output: Deidentified) => string;

export const defaultTemplate = '{patient}/{study}/{series}/{instance}.dcm';

/** A naming in words, as a thread can be told it. */
export type NamingChoice =
  { readonly kind: 'media' } | { readonly kind: 'template'; readonly template: string };

/** See `mediaNaming`. */
export const mediaNames: NamingChoice = { kind: 'media' };

/** @throws As `templateNaming`. */
export function namesBy(template: string): NamingChoice {
  templateNaming(template);
  return { kind: 'template', template };
}

export function namingOf(choice: NamingChoice): OutputNaming {
  return choice.kind === 'media' ? mediaNaming : templateNaming(choice.template);
}

const INSTANCE_NUMBER = 0x00200013;

/** What a template may name. */
export const templateParts = ['patient', 'study', 'series', 'instance', 'modality', 'number'] as const;
type TemplatePart = (typeof templateParts)[number];

/**
 * @param template Folders and a name with parts in braces, such as `{patient}/{instance}.dcm`. It has to tell instances
 *   apart.
 * @throws request/invalid for one that leads elsewhere, names what there is not, or gives several files one name.
 */
export function templateNaming(template: string): OutputNaming {
  const folders = template.split('/');
  if (folders.some((folder) => folder === '' || folder === '.' || folder === '..' || /[\\:\0]/.test(folder)))
    throw AppError.of('request/invalid', 'dicom_template_path', { example: defaultTemplate });
  const named = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const unknown = named.find((name) => !isPart(name));
  if (unknown !== undefined) {
    const parts = templateParts.map((part) => `{${part}}`);
    throw AppError.of('request/invalid', 'dicom_template_part', { part: `{${unknown}}`, parts });
  }
  if (!named.includes('instance'))
    throw AppError.of('request/invalid', 'dicom_template_instance', { part: '{instance}' });
  return (output) => {
    const parts = partsOf(output);
    return folders
      .map((folder) =>
        fileName(folder.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => (isPart(name) ? parts[name] : ''))),
      )
      .join('/');
  };
}

/**
 * Names for media with a DICOMDIR: no longer than eight capital letters and digits each (PS3.10 section 8.2), the same
 * for the same patient, study, series and instance.
 */
export const mediaNaming: OutputNaming = (output) => {
  const { patient, study, series, instance } = partsOf(output);
  const parts = [
    [patient, 'P'],
    [study, 'T'],
    [series, 'S'],
    [instance, 'I'],
  ] as const;
  return ['DICOM', ...parts.map(([part, letter]) => short(part, letter))].join('/');
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function short(text: string, first: string): string {
  const hash = createHash('sha256').update(text).digest();
  return first + Array.from(hash.subarray(0, 7), (byte) => letters[byte % 32] ?? '').join('');
}

function isPart(name: string): name is TemplatePart {
  return templateParts.some((part) => part === name);
}

function partsOf({ file, bytes, patient }: Deidentified): Readonly<Record<TemplatePart, string>> {
  const { dataSet } = file;
  return {
    patient: named(dataSet, PATIENT_ID) ?? patient,
    study: named(dataSet, STUDY_INSTANCE_UID) ?? 'study',
    series: named(dataSet, SERIES_INSTANCE_UID) ?? 'series',
    instance:
      named(dataSet, SOP_INSTANCE_UID) ?? createHash('sha256').update(bytes).digest('hex').slice(0, 32),
    modality: named(dataSet, MODALITY) ?? 'OT',
    number: named(dataSet, INSTANCE_NUMBER)?.padStart(4, '0') ?? '0000',
  };
}

/** What can be part of a name everywhere. */
function named(dataSet: DataSet, tag: number): string | undefined {
  const text = dataSet
    .text(tag)
    ?.replaceAll(/[^A-Za-z0-9._-]+/g, '_')
    .slice(0, 64);
  return text === undefined || /^[._]*$/.test(text) ? undefined : text;
}

/** Names that Windows keeps for devices, and those that begin or end with a dot. */
function fileName(text: string): string {
  const plain = text.replace(/^\.+/, '_').replace(/[. ]+$/, '_');
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `_${plain}` : plain;
}
