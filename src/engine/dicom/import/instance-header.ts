/** What an index keeps of a file: the attributes that stand before its pixels. */
import { AppError } from '../../../shared/errors.ts';
import { issuerOf } from '../patient.ts';
import { type DataSet } from '../read/data-set.ts';
import { truncated } from '../read/elements.ts';
import { readDicomFile, type DicomFile } from '../read/part10.ts';
import {
  MEDIA_STORAGE_SOP_CLASS_UID,
  MEDIA_STORAGE_SOP_INSTANCE_UID,
  PIXEL_DATA,
  SOP_CLASS_UID,
  SOP_INSTANCE_UID,
  type Tag,
} from '../tag.ts';

export interface PatientHeader {
  /** Empty where the file has none. */
  readonly id: string;
  /** As `issuerOf` says. */
  readonly issuer: string;
  readonly name: string;
  readonly birthDate: string;
  readonly sex: string;
}

export interface StudyHeader {
  readonly uid: string;
  readonly date: string;
  readonly description: string;
  readonly accessionNumber: string;
}

export interface SeriesHeader {
  readonly uid: string;
  readonly modality: string;
  readonly number: string;
  readonly description: string;
}

export interface InstanceHeader {
  readonly patient: PatientHeader;
  readonly study: StudyHeader;
  readonly series: SeriesHeader;
  /** SOP Instance UID; empty where the file has none. */
  readonly uid: string;
  readonly sopClass: string;
  readonly transferSyntax: string;
  /** Instance Number; 0 where the file has none. */
  readonly number: number;
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  /** Whether it is a DICOMDIR, which lists files and is none of a study. */
  readonly isDirectory: boolean;
}

const mediaStorageDirectory = '1.2.840.10008.1.3.10';

/**
 * @param bytes The beginning of a file, or all of it.
 * @param size Of the whole file.
 * @returns Undefined where the beginning is too short.
 * @throws dicom/not-dicom, dicom/damaged, dicom/truncated or dicom/unsupported.
 */
export function headerIn(bytes: Uint8Array, size: number): InstanceHeader | undefined {
  const file = readBeginning(bytes, size);
  if (!file) return undefined;
  const { dataSet, meta, transferSyntax, stoppedAt } = file;
  if (!stoppedAt) {
    // Without pixels to stop at, what was read may have ended between two elements.
    if (bytes.length < size) return undefined;
  } else if (!transferSyntax.deflated && Number.isFinite(stoppedAt.length)) {
    if (stoppedAt.valueStart + stoppedAt.length > size) throw truncated(PIXEL_DATA);
  }
  return headerOf(dataSet, meta, transferSyntax.uid);
}

function readBeginning(bytes: Uint8Array, size: number): DicomFile | undefined {
  try {
    return readDicomFile(bytes, { until: PIXEL_DATA });
  } catch (error) {
    if (error instanceof AppError && error.code === 'dicom/truncated' && bytes.length < size)
      return undefined;
    throw error;
  }
}

function headerOf(dataSet: DataSet, meta: DataSet | undefined, transferSyntax: string): InstanceHeader {
  const text = (tag: Tag) => dataSet.text(tag) ?? '';
  const number = (tag: Tag, otherwise: number) => {
    const [value] = dataSet.numbers(tag);
    return value === undefined || Number.isNaN(value) ? otherwise : value;
  };
  const sopClass = dataSet.text(SOP_CLASS_UID) ?? meta?.text(MEDIA_STORAGE_SOP_CLASS_UID) ?? '';
  return {
    patient: {
      id: text(0x00100020),
      issuer: issuerOf(dataSet),
      name: text(0x00100010),
      birthDate: text(0x00100030),
      sex: text(0x00100040),
    },
    study: {
      uid: text(0x0020000d),
      date: text(0x00080020),
      description: text(0x00081030),
      accessionNumber: text(0x00080050),
    },
    series: {
      uid: text(0x0020000e),
      modality: text(0x00080060),
      number: text(0x00200011),
      description: text(0x0008103e),
    },
    uid: dataSet.text(SOP_INSTANCE_UID) ?? meta?.text(MEDIA_STORAGE_SOP_INSTANCE_UID) ?? '',
    sopClass,
    transferSyntax,
    number: number(0x00200013, 0),
    rows: number(0x00280010, 0),
    columns: number(0x00280011, 0),
    frames: number(0x00280008, 1),
    isDirectory: sopClass === mediaStorageDirectory,
  };
}
