/** What the make-believe engine says of exports: what would be written, and what a check has found. */
import type { Input, Output } from '../../src/shared/contract.ts';
import { cardPathOf, manifestPathOf, reportPathOf, sealedName } from '../../src/shared/output-names.ts';
import { realRowsOf } from '../../src/shared/real-rows.ts';
import type { Project } from '../../src/shared/project.ts';

export const fakeFingerprint = '3F2A-91BC-0D4E-77A0-5C1B-E2F4-8890-1234';

export function planOf(input: Input<'exports.plan'>, project: Project): Output<'exports.plan'> {
  const { name, protection, mixing, report, format, delimiter, rows, where } = input;
  const encrypted = protection !== undefined;
  const path = sealedName(name, encrypted);
  const file = (path: string, role: 'rows' | 'card' | 'report', bytes: number) => ({
    ...{ path, role, bytes, encrypted, replaces: false },
    estimate: format === 'parquet' && role === 'rows' ? ('at-most' as const) : ('about' as const),
  });
  const columns = (project.card?.columns ?? []).filter(({ role }) => role !== 'drop');
  return {
    files: [
      file(path, 'rows', rows * 88),
      file(cardPathOf(path), 'card', 9100),
      ...(report === undefined ? [] : [file(reportPathOf(path), 'report', 24_000)]),
      {
        ...{ path: manifestPathOf(path), role: 'manifest', bytes: 1200, estimate: 'about' },
        ...{ encrypted: false, replaces: false },
      },
    ],
    format,
    delimiter: format === 'csv' ? (delimiter ?? ',') : null,
    rows,
    realRows: mixing ? realRowsOf(rows, mixing.share) : 0,
    columns: columns.map(({ name, kind, role }) => ({
      ...{ name, kind, type: format === 'sqlite' ? 'TEXT' : null },
      from: role === 'identifier' ? ('fresh' as const) : ('model' as const),
    })),
    protection: protection ?? null,
    signedBy: fakeFingerprint,
    conditions: where === undefined ? [] : [where],
    warnings:
      encrypted && format === 'sqlite'
        ? [
            'While SQLite is written, an unencrypted working file lies in a folder of the system’s temporary ones that only you can open; CSV and JSON lines are encrypted as they are made.',
          ]
        : [],
  };
}

export function verified(signedBy: string | undefined): Output<'exports.verify'> {
  const right = signedBy === undefined || signedBy === fakeFingerprint;
  const file = (name: string, role: 'rows' | 'card', bytes: number) => ({
    ...{ name, role, bytes, sha256: role === 'rows' ? 'a'.repeat(64) : 'b'.repeat(64) },
    ...{ encrypted: false, state: 'as-written' as const },
  });
  const files = [
    file('Credit clients-synthetic.csv', 'rows', 2_640_000),
    file('Credit clients-synthetic.csv.card.json', 'card', 9100),
  ];
  return {
    manifest: {
      semblanceManifest: 1,
      semblance: '0.1.0',
      created: new Date().toISOString(),
      files: files.map(({ state: _, ...rest }) => rest),
      cardSha256: 'b'.repeat(64),
    },
    files,
    signature: right ? 'valid' : 'other-signer',
    fingerprint: fakeFingerprint,
    ok: right,
    own: true,
  };
}
