import { basename } from 'node:path';
import { evaluate } from '../../engine/jobs/evaluate.ts';
import { writePaper } from '../../engine/jobs/write-paper.ts';
import { version } from '../../engine/jobs/version.ts';
import { requireTarget } from '../../engine/jobs/target.ts';
import { findings } from '../../shared/verdicts.ts';
import type { Command } from '../command.ts';
import { seedBounds } from '../options.ts';
import { reportFile } from '../report-file.ts';
import { requireApart } from '../paths.ts';
import { count, noteLines, scoreLines } from '../words.ts';

export const runEvaluate: Command = async (options, context) => {
  options.positional(null);
  const target = options.text('target');
  const params = {
    training: options.required('train'),
    holdout: options.required('holdout'),
    synthetic: options.required('synthetic'),
    drop: options.list('drop'),
    ...(target !== undefined && { target }),
    seed: options.whole('seed', seedBounds, 1),
  };
  const report = options.text('report');
  const overwrite = options.flag('force');
  if (report !== undefined) {
    await requireApart(report, [params.training, params.holdout, params.synthetic]);
    await requireTarget(report, overwrite);
  }
  const { scores, problems } = await evaluate(params, context);
  const inWords = findings(scores);
  if (report !== undefined)
    await writePaper(
      report,
      reportFile(
        report,
        { semblance: version, scores, findings: inWords, problems },
        { scores, warnings: problems.map(inOneLine) },
      ),
      { overwrite },
    );
  return {
    json: { scores, findings: inWords, problems, ...(report !== undefined && { report }) },
    text: (width) => [
      `${count(scores.rows.synthetic, 'synthetic row')} against ${count(scores.rows.holdout, 'real row')} never learned from:`,
      '',
      ...scoreLines(scores, width),
      ...problems
        // Notes on single columns are for who asks: they are in the JSON and in the report.
        .filter(({ severity, column }) => severity !== 'note' || column === undefined)
        .flatMap(({ table, column, message }) =>
          noteLines(
            [basename(params[table]), column, message].filter((part) => part !== undefined).join(': '),
            width,
          ),
        ),
      ...(report === undefined ? [] : ['', `Report   ${report}`]),
    ],
  };
};

function inOneLine({
  table,
  column,
  message,
}: Awaited<ReturnType<typeof evaluate>>['problems'][number]): string {
  return [table, column, message].filter((part) => part !== undefined).join(': ');
}
