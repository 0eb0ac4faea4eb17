import { createHash } from 'node:crypto';
import type { Card } from '../../shared/card.ts';
import type { Manifest } from '../../shared/manifest.ts';
import { manifestPathOf } from '../../shared/output-names.ts';
import type { Protection } from '../../shared/output.ts';
import { cardBytes, packModel } from '../synthesis/tables/model-file.ts';
import { m } from '../../shared/messages/messages.js';
import type { TrainedTableModel } from '../synthesis/tables/train.ts';
import { sealFor } from '../tables/age.ts';
import { createOutput } from '../tables/output-file.ts';
import { makeManifest } from './manifest.ts';
import { jsonFile, Papers } from './papers.ts';
import type { Signing } from './signing.ts';
import type { TaskContext } from './task.ts';

export interface ExportModelParams {
  model: TrainedTableModel;
  card: Card;
  path: string;
  overwrite: boolean;
  /** Who can open it; everyone unless given. */
  protection?: Protection | null | undefined;
  /** Who signs the manifest; nobody unless given. */
  signing?: Signing | null | undefined;
}

/**
 * Writes the model as one portable file, whole or not at all, and its manifest beside it. Throws the `output/…`
 * errors.
 */
export async function exportModel(
  { model, card, path, overwrite, protection, signing }: ExportModelParams,
  { signal, report }: TaskContext,
): Promise<{ bytes: number; manifestPath: string; manifest: Manifest }> {
  report({ phase: m.phases_writing_model(), progress: 0 });
  signal.throwIfAborted();
  const seal = protection ? sealFor(protection) : undefined;
  const manifestPath = manifestPathOf(path);
  const papers = new Papers({ overwrite });
  const output = await createOutput(path, overwrite, seal ? { seal } : {});
  try {
    await output.write(packModel(model, card));
    const { bytes, sha256 } = await output.finish();
    const manifest = makeManifest(
      {
        files: [{ path, role: 'model', bytes, sha256, encrypted: seal !== undefined }],
        cardSha256: createHash('sha256').update(cardBytes(card)).digest('hex'),
      },
      signing ?? null,
    );
    await papers.add(manifestPath, jsonFile(manifest));
    signal.throwIfAborted();
    await papers.place();
    await output.commit();
    await papers.settle();
    report({ progress: 1 });
    return { bytes, manifestPath, manifest };
  } finally {
    await papers.discard();
    await output.discard();
  }
}
