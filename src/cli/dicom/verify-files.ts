/** `semblance dicom verify`: whether files can be read to their end and are as the standard asks for. */
import { styleText } from 'node:util';
import { readLocation } from '../../engine/dicom/import/read-file.ts';
import { unreadable, walk } from '../../engine/dicom/import/walk.ts';
import { readDicomFile } from '../../engine/dicom/read/part10.ts';
import { formatTag } from '../../engine/dicom/tag.ts';
import { checkFile, type Finding, type FindingKind } from '../../engine/dicom/verify/check-file.ts';
import { ListedFiles } from '../../engine/jobs/deidentify/listed-files.ts';
import type { ManifestFinding } from '../../engine/jobs/deidentify/listed-files.ts';
import { Pace } from '../../engine/jobs/task.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../text-table.ts';
import { count, wrap } from '../words.ts';

interface Checked {
  readonly path: string;
  readonly refused?: AppError;
  readonly findings: readonly Finding[];
  /** What the manifest of its folder says otherwise. */
  readonly manifest?: ManifestFinding | undefined;
}

export const runVerifyFiles: Command = async (options, { signal, report }) => {
  const [, ...sources] = options.words(2, Infinity);
  const amiss: Checked[] = [];
  const pace = new Pace('files');
  const named = new Set(sources);
  const listed = new ListedFiles(sources);
  let [files, passedBy] = [0, 0];
  const refuse = (path: string, refused: AppError) => amiss.push({ path, refused, findings: [] });
  for (const path of walk(sources, refuse)) {
    signal.throwIfAborted();
    const checked = await check(path, listed);
    // Letters and lists lie beside images; one that was named is meant to be one.
    if (checked.refused?.code === 'dicom/not-dicom' && !named.has(path)) {
      passedBy++;
      continue;
    }
    if (checked.refused || checked.manifest || checked.findings.length > 0) amiss.push(checked);
    files++;
    report({ phase: 'Reading the files', rate: pace.update(files) });
  }
  for (const path of listed.missing()) amiss.push({ path, findings: [], manifest: 'missing' });
  const ok = amiss.length === 0 && files > 0;
  return {
    exitCode: ok ? exitCodes.ok : exitCodes.unverified,
    json: { ok, files, passedBy, amiss: amiss.map(inJson) },
    text: (width) => [
      ...amiss.flatMap((file) => linesOf(file, width)),
      ok
        ? `${count(files, 'file')}: all are as the standard asks for, as far as can be told from a file alone${listed.any ? ', and as their manifest says' : ''}.`
        : styleText(
            'red',
            `${count(amiss.length, 'file')} not as they should be; ${count(files, 'file')} read.`,
          ),
      ...(passedBy === 0
        ? []
        : [`Besides ${count(passedBy, 'file')} that ${passedBy === 1 ? 'is' : 'are'} no DICOM.`]),
    ],
  };
};

async function check(path: string, listed: ListedFiles): Promise<Checked> {
  let manifest: ManifestFinding | undefined;
  try {
    const bytes = await readLocation({ path });
    manifest = listed.check(path, bytes);
    return { path, findings: checkFile(readDicomFile(bytes)), manifest };
  } catch (error) {
    return { path, refused: unreadable(error), findings: [], manifest };
  }
}

function inJson({ path, refused, findings, manifest }: Checked): unknown {
  return {
    path,
    ...(refused && { error: { code: refused.code, message: refused.message } }),
    ...(manifest && { manifest }),
    findings: findings.map((finding) => ({ kind: finding.kind, path: finding.path.map(formatTag) })),
  };
}

function linesOf({ path, refused, findings, manifest }: Checked, width: number): string[] {
  const sentences = [
    ...(manifest ? [manifestWords[manifest]] : []),
    ...(refused ? [refused.message] : new Set(findings.map(inWords))),
  ];
  return [
    printable(path),
    ...sentences.flatMap((sentence) => wrap(sentence, width - 2).map((line) => `  ${line}`)),
  ];
}

function inWords({ kind, path }: Finding): string {
  const where = path.map(formatTag).join(' > ');
  return where === '' ? words[kind] : `${where}: ${words[kind]}`;
}

const manifestWords: Readonly<Record<ManifestFinding, string>> = {
  changed: 'The manifest has another hash of it: it was changed after it was written.',
  unlisted: 'The manifest does not list it.',
  missing: 'The manifest lists it, and it is not there, or no DICOM file any more.',
};

const words: Readonly<Record<FindingKind, string>> = {
  'no-preamble': 'There is no preamble with “DICM”.',
  'no-meta': 'There is no file meta group that names a transfer syntax.',
  'meta-length': 'The file meta group ends elsewhere than it says.',
  'meta-differs': 'The data set says otherwise.',
  missing: 'It is missing.',
  order: 'It comes after a greater tag.',
  twice: 'It is there twice.',
  'odd-length': 'Its value has an odd number of bytes.',
  'malformed-uid': 'This is no well-formed UID.',
  'other-vr': 'Its value representation is not that of the dictionary.',
};
