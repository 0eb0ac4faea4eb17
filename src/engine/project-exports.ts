/** Writing from the model of a project: rows and the model itself, what would be written, and checking it later. */
import { isAbsolute, basename } from 'node:path';
import type { Output } from '../shared/contract.ts';
import type { Card } from '../shared/card.ts';
import { AppError } from '../shared/errors.ts';
import type { ExportPlan } from '../shared/export-plan.ts';
import { m } from '../shared/messages/messages.js';
import { delimiterLike, type Delimiter } from '../shared/delimiters.ts';
import { reportPathOf, sealedName } from '../shared/output-names.ts';
import type { EngineInput } from '../shared/wire.ts';
import { exportModel } from './jobs/export-model.ts';
import type { GenerateParams } from './jobs/generate.ts';
import { verifyManifest } from './jobs/manifest.ts';
import type { MixRequest } from './jobs/mix-request.ts';
import { rulesForModel } from './jobs/model-rules.ts';
import { rulesThatAreOn } from './jobs/project-rules.ts';
import type { JobRequest } from './jobs/queue.ts';
import { reportHtml } from './jobs/report-html.ts';
import { openRowHashes } from './jobs/row-hash-blob.ts';
import { fingerprintOf } from './jobs/signing.ts';
import { sameStamp, type SourceShelf } from './jobs/source-shelf.ts';
import type { Emit } from './project-jobs.ts';
import { sourcePathOf } from './project-view.ts';
import type { ModelRow } from './store/models.ts';
import type { Store } from './store/open.ts';
import { openModel } from './synthesis/tables/model-file.ts';
import { fingerprint, hashFile, type Fingerprint } from './tables/source-file.ts';
import type { Table } from './tables/table.ts';

export interface ProjectExportsParts {
  store: Store;
  shelf: SourceShelf;
  resources: string;
  emit: Emit;
}

type Prepared = Omit<GenerateParams, 'path' | 'overwrite' | 'protection' | 'mix'>;

/** Rows drawn to work out sizes from. */
const sampleRows = 300;

export class ProjectExports {
  readonly #parts: ProjectExportsParts;
  /** The plan being made: a newer one takes its place. */
  #planning = new AbortController();
  /** Rows that sizes were worked out from last, and the model they are of. */
  #sampled: { created: string; projectId: string; table: Table } | null = null;
  /** What a source was hashed to last: planning asks again with every change of the form. */
  #hashed: { path: string; stamp: Fingerprint; sha256: string } | null = null;

  constructor(parts: ProjectExportsParts) {
    this.#parts = parts;
  }

  /** The work of writing rows. */
  generating(input: EngineInput<'jobs.generate'>): JobRequest['run'] {
    const { store, emit } = this.#parts;
    const { projectId, path, overwrite, protection } = input;
    this.requireModel(projectId);
    return async (context) => {
      const { generate, rowsThatRepeat } = await import('./jobs/generate.ts');
      const prepared = this.#prepare(input, path);
      const result = await this.#mixing(input, (mix) =>
        generate({ ...prepared, path, overwrite, protection, mix }, context),
      );
      store.projects.addExport(projectId, {
        ...{ path, what: 'rows', rows: result.rows, replacedCopies: result.replacedCopies },
        ...(result.realRows > 0 && { realRows: result.realRows }),
        ...(result.rules.length > 0 && { rules: [...result.rules] }),
        writtenAt: new Date().toISOString(),
      });
      emit('project.changed', { projectId });
      const common = result.commonRows ?? 0;
      const file = basename(path);
      return common === 0
        ? m.notes_rows_in_file({ rows: count(result.rows), file })
        : m.notes_rows_in_file_common({
            rows: m.units_rows({ count: result.rows }),
            file,
            common: rowsThatRepeat(common),
          });
    };
  }

  /** The work of writing the model as one file. */
  exporting({ projectId, ...params }: EngineInput<'jobs.exportModel'>): JobRequest['run'] {
    const { store, emit } = this.#parts;
    const stored = this.requireModel(projectId);
    return async (context) => {
      await exportModel({ ...params, ...openModel(stored.file), signing: store.signing }, context);
      store.projects.addExport(projectId, {
        path: params.path,
        what: 'model',
        rows: 0,
        replacedCopies: 0,
        writtenAt: new Date().toISOString(),
      });
      emit('project.changed', { projectId });
      return m.notes_model_in_file({ file: basename(params.path) });
    };
  }

  /**
   * What would be written under this name, in a folder not chosen yet. Throws as writing it would, and
   * `job/cancelled` once another plan is asked for.
   */
  async plan(input: EngineInput<'exports.plan'>): Promise<ExportPlan> {
    this.#planning.abort();
    this.#planning = new AbortController();
    const { signal } = this.#planning;
    const { projectId, name, protection } = input;
    const path = sealedName(basename(name), protection !== undefined);
    const { planGenerate } = await import('./jobs/plan-generate.ts');
    const prepared = this.#prepare(input, path);
    const sample = await this.#sample(projectId, prepared, signal);
    const context = { signal, report: () => undefined };
    return this.#mixing(
      input,
      (mix) => planGenerate({ ...prepared, path, protection, mix, sample, inFolder: false }, context),
      signal,
    );
  }

  /** Fingerprint of the key of this installation. */
  signer(): string {
    return fingerprintOf(this.#parts.store.signing.publicKey());
  }

  /** Checks a manifest and the files beside it. */
  async verify({
    path,
    signedBy,
    written,
  }: EngineInput<'exports.verify'>): Promise<Output<'exports.verify'>> {
    if (!isAbsolute(path)) throw AppError.of('manifest/invalid', 'not_a_manifest', { file: basename(path) });
    const told = signedBy?.trim() === '' ? undefined : signedBy;
    // Whoever changes a file can write an unsigned manifest to go with it, or sign one with another key.
    const found = await verifyManifest(path, {
      signedBy: told ?? (written === undefined ? undefined : this.signer()),
    });
    if (written !== undefined && !found.manifest.files.some(({ name }) => name === basename(written))) {
      throw AppError.of('manifest/invalid', 'manifest_of_another', {
        file: basename(path),
        written: basename(written),
      });
    }
    return { ...found, own: found.fingerprint === this.signer() };
  }

  /** Throws `project/not-found`, and `model/invalid` for a project without a model. */
  requireModel(projectId: string): ModelRow {
    const { store } = this.#parts;
    store.projects.get(projectId);
    const model = store.models.get(projectId);
    if (model) return model;
    throw AppError.of('model/invalid', 'no_model_yet', {});
  }

  /** The path of the table of a project; '' for an imported model. */
  #source(projectId: string): string {
    return sourcePathOf(this.#parts.store.projects.get(projectId), this.#parts.resources);
  }

  #prepare(input: Omit<EngineInput<'exports.plan'>, 'name' | 'protection'>, path: string): Prepared {
    const { store } = this.#parts;
    const { projectId, format, delimiter, rows, seed, where, report } = input;
    const stored = this.requireModel(projectId);
    const { model, card } = openModel(stored.file);
    const row = store.projects.get(projectId);
    // An imported model brings its rules with it.
    const rules =
      row.sourceLink === '' ? undefined : rulesForModel(rulesThatAreOn(row.rules, model.schema), model);
    return {
      ...{ model, card, format, rows, seed, signing: store.signing, constraints: { where, rules } },
      delimiter: delimiter ?? plainDelimiter(card),
      avoid: stored.rowHashes === null ? null : openRowHashes(stored.rowHashes),
      alsoWrite: (card) =>
        report === undefined
          ? []
          : [
              {
                path: reportPathOf(path),
                role: 'report',
                content: Buffer.from(reportHtml({ card }, report)),
              },
            ],
    };
  }

  /**
   * Lets `work` have the table real rows come from, where any are asked for.
   * @param planning Given where nothing is written: the hash of the table is then worked out once only.
   */
  async #mixing<T>(
    { projectId, mixing }: Pick<EngineInput<'exports.plan'>, 'projectId' | 'mixing'>,
    work: (mix: MixRequest | null) => Promise<T>,
    planning?: AbortSignal,
  ): Promise<T> {
    if (mixing === undefined) return work(null);
    const path = this.#source(projectId);
    if (path === '') throw AppError.of('output/unfit', 'no_real_rows', {});
    const { share } = mixing;
    const { shelf, store } = this.#parts;
    // A plan shows no row, and makes no key.
    const sha256 = planning && (await this.#hash(path, planning));
    const pseudonyms = planning ? null : store.pseudonyms.of(projectId);
    return shelf.use(path, (source) => work({ share, source, pseudonyms, ...(sha256 && { sha256 }) }));
  }

  async #hash(path: string, signal: AbortSignal): Promise<string> {
    const stamp = await fingerprint(path);
    const known = this.#hashed;
    if (known !== null && known.path === path && sameStamp(known.stamp, stamp)) return known.sha256;
    const sha256 = await hashFile(path, { signal });
    this.#hashed = { path, stamp, sha256 };
    return sha256;
  }

  async #sample(projectId: string, { model, card, seed }: Prepared, signal: AbortSignal): Promise<Table> {
    const known = this.#sampled;
    if (known?.projectId === projectId && known.created === card.created) return known.table;
    const { sampleTable } = await import('./jobs/sample-rows.ts');
    const table = await sampleTable(model, sampleRows, seed, { signal });
    this.#sampled = { projectId, created: card.created, table };
    return table;
  }
}

/** The delimiter of the source, but for tabs: what ends in .csv is not expected to have those. */
function plainDelimiter({ source: { delimiter } }: Card): Delimiter {
  return delimiter === '\t' ? ',' : delimiterLike(delimiter);
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}
