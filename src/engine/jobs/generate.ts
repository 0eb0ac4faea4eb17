import type { Card } from '../../shared/card.ts';
import { m } from '../../shared/messages/messages.js';
import { AppError } from '../../shared/errors.ts';
import type { Manifest, ManifestRole } from '../../shared/manifest.ts';
import type { Delimiter } from '../../shared/delimiters.ts';
import { cardPathOf, isSealedName, manifestPathOf } from '../../shared/output-names.ts';
import type { Access, OutputFormat, Protection } from '../../shared/output.ts';
import type { RuleOutcome } from '../../shared/rules.ts';
import type { RowHashes } from '../synthesis/tables/row-hashes.ts';
import type { SampleStream } from '../synthesis/tables/sampler.ts';
import type { TrainedTableModel } from '../synthesis/tables/train.ts';
import { fakeColumns, withFakes } from '../privacy/fakes/fake-columns.ts';
import { sealFor } from '../tables/age.ts';
import type { Finished } from '../tables/output-file.ts';
import { writeTable, type Written } from '../tables/write.ts';
import { openConstrained, writingInWords } from './constrained-sampler.ts';
import type { Constraints } from './constrained-sampler.ts';
import { makeManifest } from './manifest.ts';
import { prepareMix, realRowsInWords, type Mixed, type MixRequest } from './mix-request.ts';
import { jsonFile, Papers } from './papers.ts';
import { requireTreatedModel } from './personal.ts';
import type { Signing } from './signing.ts';
import { Pace } from './task.ts';
import { requireTarget } from './target.ts';
import type { TaskContext } from './task.ts';

export interface GenerateParams {
  model: Pick<TrainedTableModel, 'generator' | 'encoding' | 'schema' | 'rules'>;
  /** Card of the model. */
  card: Card;
  /** Ends in `.age` where the file is encrypted. */
  path: string;
  format: OutputFormat;
  /** Between the fields of CSV; a comma unless given. */
  delimiter?: Delimiter | undefined;
  rows: number;
  seed: number;
  /** Whether a file at `path`, or its card and manifest beside it, may be replaced. */
  overwrite: boolean;
  /** Training rows that may not come out; null when they are not known here. */
  avoid: RowHashes | null;
  /** What every row must keep to. */
  constraints?: Constraints | undefined;
  /** Who can open what is written; everyone unless given. */
  protection?: Protection | null | undefined;
  /** A share of the rows is taken from the source, which has to be the very file the model learned from. */
  mix?: MixRequest | null | undefined;
  /** Columns that name people, were learned as they are and may be written nonetheless. */
  keep?: readonly string[] | undefined;
  /** Who signs the manifest; nobody unless given. */
  signing?: Signing | null | undefined;
  /** More files to write beside the rows, once their card is known. */
  alsoWrite?: ((card: Card) => { path: string; role: ManifestRole; content: Uint8Array }[]) | undefined;
}

export interface GenerateResult {
  rows: number;
  bytes: number;
  replacedCopies: number;
  /** Rows that repeat a combination which at least five training rows share; null where these are not known. */
  commonRows: number | null;
  /** What became of each rule. */
  rules: readonly RuleOutcome[];
  /** Rows of the source among them. */
  realRows: number;
  cardPath: string;
  card: Card;
  manifestPath: string;
  manifest: Manifest;
}

/**
 * Writes synthetic rows and, beside them, their card and a manifest of both. Rows are streamed; a cancelled or failed
 * run leaves no file. Where the rows are encrypted so is the card; the manifest is not. Throws the `output/…`,
 * `privacy/untreated`, `source/…`, `condition/…` and `rule/…` errors, `table/too-few-rows` and `model/invalid`.
 */
export async function generate(params: GenerateParams, context: TaskContext): Promise<GenerateResult> {
  const { path, rows, seed, model, overwrite, protection } = params;
  const { signal, report } = context;
  const cardPath = cardPathOf(path);
  const manifestPath = manifestPathOf(path);
  requireTreatedModel(params.card, params.keep);
  requireFitting(params);
  for (const each of [path, cardPath, manifestPath]) await requireTarget(each, overwrite);
  const mixed = await prepareMix(
    requireUnconstrained(params),
    { schema: model.schema, card: params.card, rows, seed },
    context,
  );
  report({ phase: m.phases_opening_model(), progress: 0 });
  const { sampler, forecast } = await openConstrained(model, params.constraints ?? {}, context);
  const phase = forecast === null ? m.phases_writing_rows() : writingInWords(forecast, rows);
  const papers = new Papers({ overwrite });
  const seal = protection ? sealFor(protection) : undefined;
  let card: Card | undefined;
  let manifest: Manifest | undefined;
  try {
    const pace = new Pace('rows');
    report({ phase });
    const stream = sampler.sample(rows - mixed.rows, seed, {
      signal,
      ...(params.avoid && { avoid: params.avoid }),
    });
    // Real rows come with made-up values of their own, which are the same for the same person.
    const chunks = mixed.chunks(withFakes(stream, await fakeColumns(model.schema, seed)));
    // All files are whole before any is moved to its place: what they replace stays until then.
    const written = await writeTable(path, params.format, mixed.schema, chunks, {
      overwrite,
      seed,
      signal,
      ...(params.delimiter && { delimiter: params.delimiter }),
      ...(seal && { seal }),
      onRows: (count) => {
        report({ phase, progress: Math.min(1, count / rows), rate: pace.update(count) });
      },
      beforeAppearing: async (finished) => {
        await params.mix?.source.check();
        card = outputCard(params, finished, stream, mixed);
        const content = jsonFile(card);
        const cardFile = await papers.add(cardPath, content, seal);
        const files: (Finished & { path: string; role: ManifestRole })[] = [
          { path, role: 'rows', ...finished },
          { path: cardPath, role: 'card', ...cardFile },
        ];
        for (const { content, ...other } of params.alsoWrite?.(card) ?? [])
          files.push({ ...other, ...(await papers.add(other.path, content, seal)) });
        manifest = makeManifest(
          {
            files: files.map(({ path, role, bytes, sha256 }) => ({
              path,
              role,
              bytes,
              sha256,
              encrypted: seal !== undefined,
            })),
            cardSha256: cardFile.contentSha256,
            realRows: mixed.rows,
          },
          params.signing ?? null,
        );
        await papers.add(manifestPath, jsonFile(manifest));
        signal.throwIfAborted();
        await papers.place();
      },
    });
    if (card === undefined || manifest === undefined) throw new Error('Rows were written without a card.');
    await papers.settle();
    return {
      rows: written.rows,
      bytes: written.bytes,
      replacedCopies: stream.replacedCopies,
      commonRows: params.avoid === null ? null : stream.commonRows,
      rules: stream.rules,
      realRows: mixed.rows,
      cardPath,
      card,
      manifestPath,
      manifest,
    };
  } finally {
    await papers.discard();
    await sampler.dispose();
  }
}

/** Real rows do not bend to conditions or rules, those of the model included, so both together are refused. */
export function requireUnconstrained({
  mix,
  constraints,
  model,
}: Pick<GenerateParams, 'mix' | 'constraints'> & {
  model: Pick<GenerateParams['model'], 'rules'>;
}): MixRequest | null {
  const { where, rules = model.rules ?? [] } = constraints ?? {};
  if (!mix || (where === undefined && rules.length === 0)) return mix ?? null;
  throw AppError.of('output/unfit', 'real_rows_constrained', {});
}

/** The name says whether a file is encrypted. */
export function requireFitting({
  path,
  protection,
}: {
  path: string;
  protection?: Access | null | undefined;
}): void {
  if (isSealedName(path) === (protection !== undefined && protection !== null)) return;
  throw AppError.of('output/unfit', protection ? 'sealed_name_needed' : 'sealed_name_only', {});
}

function outputCard(
  { card, format, seed, avoid, constraints }: GenerateParams,
  written: Written,
  { replacedCopies, remainingCopies, commonRows, rules }: SampleStream,
  mixed: Mixed,
): Card {
  const warnings = [...card.warnings];
  if (mixed.mark !== null) warnings.unshift(realRowsInWords(mixed.rows, written.rows, mixed.mark));
  if (constraints?.where !== undefined) {
    warnings.push(m.notes_condition_only());
  }
  if (avoid === null) {
    warnings.push(m.notes_copies_unchecked());
  }
  if (remainingCopies > 0) {
    warnings.push(
      m.notes_copies_stayed({
        rows: `${remainingCopies.toLocaleString('en-GB')} ${remainingCopies === 1 ? 'generated row equals' : 'generated rows equal'}`,
      }),
    );
  }
  if (avoid !== null && commonRows > 0)
    warnings.push(m.notes_common_rows({ rows: rowsThatRepeat(commonRows) }));
  return {
    ...card,
    warnings,
    output: {
      ...{ format, rows: written.rows, seed, sha256: written.contentSha256, replacedCopies },
      ...(avoid !== null && { commonRows }),
      ...(constraints?.where !== undefined && { where: constraints.where }),
      ...(rules.length > 0 && { rules: [...rules] }),
      ...(mixed.mark !== null && { realRows: { rows: mixed.rows, markedBy: mixed.mark } }),
    },
  };
}

/** Rows of a common combination, in English: for a message to end the sentence. */
export function rowsThatRepeat(rows: number): string {
  return `${rows.toLocaleString('en-GB')} ${rows === 1 ? 'row repeats' : 'rows repeat'}`;
}
