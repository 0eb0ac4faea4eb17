/** How data sets are laid out in a file: the transfer syntaxes of PS3.6 Annex A, by their UIDs. */

/** Byte order and whether elements say their value representation (PS3.5 section 7.1). */
export interface Encoding {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
}

export interface TransferSyntax extends Encoding {
  readonly uid: string;
  readonly name: string;
  /** The whole data set is compressed after the file meta group (PS3.5 section A.5). */
  readonly deflated: boolean;
  /** Pixel data lies in fragments (PS3.5 section A.4). */
  readonly encapsulated: boolean;
  /** Whether compression may have changed pixels; of those that can do both, true. */
  readonly lossy: boolean;
}

const native = { explicit: true, littleEndian: true, deflated: false, encapsulated: false, lossy: false };
const lossless = { ...native, encapsulated: true };
const lossy = { ...lossless, lossy: true };

export const implicitLittleEndian: TransferSyntax = {
  ...native,
  uid: '1.2.840.10008.1.2',
  name: 'Implicit VR Little Endian',
  explicit: false,
};
export const explicitLittleEndian: TransferSyntax = {
  ...native,
  uid: '1.2.840.10008.1.2.1',
  name: 'Explicit VR Little Endian',
};
export const explicitBigEndian: TransferSyntax = {
  ...native,
  uid: '1.2.840.10008.1.2.2',
  name: 'Explicit VR Big Endian',
  littleEndian: false,
};

function compressed(kind: typeof native, names: Readonly<Record<string, string>>): TransferSyntax[] {
  return Object.entries(names).map(([end, name]) => ({ ...kind, uid: `1.2.840.10008.1.2.${end}`, name }));
}

export const transferSyntaxes: readonly TransferSyntax[] = [
  implicitLittleEndian,
  explicitLittleEndian,
  explicitBigEndian,
  ...compressed(native, { '1.98': 'Encapsulated Uncompressed Explicit VR Little Endian' }).map((syntax) => ({
    ...syntax,
    encapsulated: true,
  })),
  ...compressed(native, { '1.99': 'Deflated Explicit VR Little Endian' }).map((syntax) => ({
    ...syntax,
    deflated: true,
  })),
  ...compressed(lossy, {
    '4.50': 'JPEG Baseline (Process 1)',
    '4.51': 'JPEG Extended (Process 2 & 4)',
    '4.52': 'JPEG Extended (Process 3 & 5)',
    '4.53': 'JPEG Spectral Selection, Non-Hierarchical (Process 6 & 8)',
    '4.54': 'JPEG Spectral Selection, Non-Hierarchical (Process 7 & 9)',
    '4.55': 'JPEG Full Progression, Non-Hierarchical (Process 10 & 12)',
    '4.56': 'JPEG Full Progression, Non-Hierarchical (Process 11 & 13)',
    '4.59': 'JPEG Extended, Hierarchical (Process 16 & 18)',
    '4.60': 'JPEG Extended, Hierarchical (Process 17 & 19)',
    '4.61': 'JPEG Spectral Selection, Hierarchical (Process 20 & 22)',
    '4.62': 'JPEG Spectral Selection, Hierarchical (Process 21 & 23)',
    '4.63': 'JPEG Full Progression, Hierarchical (Process 24 & 26)',
    '4.64': 'JPEG Full Progression, Hierarchical (Process 25 & 27)',
    '4.81': 'JPEG-LS Lossy (Near-Lossless)',
    '4.91': 'JPEG 2000',
    '4.93': 'JPEG 2000 Part 2 Multi-component',
    '4.94': 'JPIP Referenced',
    '4.95': 'JPIP Referenced Deflate',
    '4.100': 'MPEG2 Main Profile / Main Level',
    '4.100.1': 'Fragmentable MPEG2 Main Profile / Main Level',
    '4.101': 'MPEG2 Main Profile / High Level',
    '4.101.1': 'Fragmentable MPEG2 Main Profile / High Level',
    '4.102': 'MPEG-4 AVC/H.264 High Profile / Level 4.1',
    '4.102.1': 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1',
    '4.103': 'MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1',
    '4.103.1': 'Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1',
    '4.104': 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video',
    '4.104.1': 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video',
    '4.105': 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video',
    '4.105.1': 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video',
    '4.106': 'MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2',
    '4.106.1': 'Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2',
    '4.107': 'HEVC/H.265 Main Profile / Level 5.1',
    '4.108': 'HEVC/H.265 Main 10 Profile / Level 5.1',
    '4.112': 'JPEG XL',
    '4.203': 'High-Throughput JPEG 2000',
    '4.204': 'JPIP HTJ2K Referenced',
    '4.205': 'JPIP HTJ2K Referenced Deflate',
  }).map((syntax) => {
    const [deflated, referenced] = [syntax.name.endsWith('Deflate'), syntax.name.startsWith('JPIP')];
    return { ...syntax, deflated, encapsulated: !referenced };
  }),
  ...compressed(lossless, {
    '4.57': 'JPEG Lossless, Non-Hierarchical (Process 14)',
    '4.58': 'JPEG Lossless, Non-Hierarchical (Process 15)',
    '4.65': 'JPEG Lossless, Hierarchical (Process 28)',
    '4.66': 'JPEG Lossless, Hierarchical (Process 29)',
    '4.70': 'JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1])',
    '4.80': 'JPEG-LS Lossless',
    '4.90': 'JPEG 2000 (Lossless Only)',
    '4.92': 'JPEG 2000 Part 2 Multi-component (Lossless Only)',
    '4.110': 'JPEG XL Lossless',
    '4.201': 'High-Throughput JPEG 2000 (Lossless Only)',
    '4.202': 'High-Throughput JPEG 2000 with RPCL Options (Lossless Only)',
    '5': 'RLE Lossless',
    '8.1': 'Deflated Image Frame Compression',
  }),
];

const byUid = new Map(transferSyntaxes.map((syntax) => [syntax.uid, syntax]));

export function transferSyntaxOf(uid: string): TransferSyntax | undefined {
  return byUid.get(uid);
}

/** The native transfer syntax of an encoding, as it is taken for a file that names none. */
export function nativeSyntaxOf({ explicit, littleEndian }: Encoding): TransferSyntax {
  if (!littleEndian) return explicitBigEndian;
  return explicit ? explicitLittleEndian : implicitLittleEndian;
}
