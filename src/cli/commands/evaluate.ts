import { evaluate } from '../../engine/jobs/evaluate.ts';
import { writeJson } from '../../engine/jobs/write-json.ts';
import { version } from '../../engine/jobs/version.ts';
import { requireTarget } from '../../engine/jobs/target.ts';
import { findings } from '../../shared/verdicts.ts';
import type { Command } from '../command.ts';
import { seedBounds } from '../options.ts';
import { count, scoreLines } from '../words.ts';

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
  if (report !== undefined) await requireTarget(report, overwrite);
  const scores = await evaluate(params, context);
  const inWords = findings(scores);
  if (report !== undefined)
    await writeJson(report, { semblance: version, scores, findings: inWords }, { overwrite });
  return {
    json: { scores, findings: inWords, ...(report !== undefined && { report }) },
    text: (width) => [
      `${count(scores.rows.synthetic, 'synthetic row')} against ${count(scores.rows.holdout, 'real row')} never learned from:`,
      '',
      ...scoreLines(scores, width),
      ...(report === undefined ? [] : ['', `Report   ${report}`]),
    ],
  };
};
