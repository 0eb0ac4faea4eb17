/** One file in, its de-identified bytes out, looked over once more before anybody may have them. */
import { AppError } from '../../../shared/errors.ts';
import { type DataSet } from '../read/data-set.ts';
import { readDicomFile, type DicomFile } from '../read/part10.ts';
import { formatTag, isPrivate, SOP_INSTANCE_UID } from '../tag.ts';
import { type TransferSyntax } from '../transfer-syntax.ts';
import { type Edit } from '../write/edits.ts';
import { withEdits } from '../write/to-utf8.ts';
import { writeDicom } from '../write/part10.ts';
import { identitiesOf, identityKind } from './identities.ts';
import { findLeaks, type Needle, type Region } from './leak-check.ts';
import { markerTags } from './markers.ts';
import { patientOf } from '../patient.ts';
import { planFile, type Change } from './plan.ts';
import { type Profile } from './profile/profile.ts';
import { type Pseudonyms } from './pseudonyms.ts';
import { type StudyIdentities } from './study-identities.ts';

export interface Deidentify {
  readonly profile: Profile;
  readonly pseudonyms: Pseudonyms;
  /** What other files of its study name. */
  readonly study?: StudyIdentities | undefined;
  /** Told of each attribute that changes: for a preview. */
  readonly onChange?: ((change: Change) => void) | undefined;
  /** What becomes of the pixels, as `masked` says. */
  readonly pixels?: { readonly edits: readonly Edit[]; readonly transferSyntax: TransferSyntax } | undefined;
}

export interface Deidentified {
  readonly bytes: Uint8Array;
  /** The output as it was read again. */
  readonly file: DicomFile;
  /** The pseudonym of its patient. */
  readonly patient: string;
}

/**
 * De-identifies a file, reads the result again and looks in it for what identified anybody in the source.
 *
 * @throws dicom/leak, naming tags, where something is left: then the output is withheld. What `writeDicom` throws.
 */
export function deidentifyFile(source: DicomFile, options: Deidentify): Deidentified {
  const { profile, pseudonyms, onChange, pixels, study } = options;
  const own = identitiesOf(source, profile);
  const { known, needles } = study?.with(own) ?? own;
  const planned = planFile(source, { profile, pseudonyms, known, onChange });
  const edits = pixels ? withEdits(planned, pixels.edits) : planned;
  const bytes = writeDicom(source, edits, {
    meta: 'fresh',
    preamble: 'fresh',
    ...(pixels && { transferSyntax: pixels.transferSyntax }),
  });
  const file = readDicomFile(bytes);
  const patient = pseudonyms.patient(patientOf(source.dataSet));
  checkInstance(file);
  checkLeaks(file, needles, profile);
  return { bytes, file, patient };
}

/** Every instance has a UID that file meta group and data set agree on. */
function checkInstance({ dataSet, meta }: DicomFile): void {
  const uid = dataSet.text(SOP_INSTANCE_UID);
  if (uid !== undefined && uid !== meta?.text(0x00020003))
    throw AppError.of('dicom/unfit', 'dicom_not_verified', {});
}

function checkLeaks(file: DicomFile, needles: readonly Needle[], profile: Profile): void {
  const regions = () => [...(file.meta ? regionsOf(file.meta) : []), ...regionsOf(file.dataSet)];
  // A date that was moved may be another's of before.
  const dates = profile.has('retain-long-modified-dates') ? datesOf(file.dataSet) : new Set<string>();
  const sought = needles.filter(({ kind, text }) => kind !== 'date' || !dates.has(text));
  const [leak] = findLeaks(file.bytes, sought, regions);
  if (!leak) return;
  const place = leak.in === undefined ? '–' : formatTag(leak.in);
  throw AppError.of('dicom/leak', 'dicom_leak', { of: formatTag(leak.of), place });
}

function regionsOf(dataSet: DataSet, isOwn = false): Region[] {
  return dataSet.elements.flatMap((element): Region[] => {
    const { tag, valueStart, end, items } = element;
    const own = isOwn || (markerTags.has(tag) && dataSet.parent === undefined);
    const region = { tag, vr: dataSet.vr(element), start: valueStart, end, isOwn: own };
    return [region, ...(items ?? []).flatMap((item) => regionsOf(item.dataSet, own))];
  });
}

function datesOf(dataSet: DataSet): Set<string> {
  const dates = new Set<string>();
  const collect = ({ elements }: DataSet, of: DataSet) => {
    for (const element of elements) {
      for (const { dataSet: item } of element.items ?? []) collect(item, item);
      if (isPrivate(element.tag) || identityKind(element.tag) !== 'date') continue;
      for (const text of of.stringsOf(element)) dates.add(text.slice(0, 8));
    }
  };
  collect(dataSet, dataSet);
  return dates;
}
