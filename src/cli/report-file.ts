/** The file of `--report`: JSON for machines, or a page to be read where its name ends in `.html`. */
import { extname } from 'node:path';
import { jsonFile } from '../engine/jobs/papers.ts';
import { reportHtml, type Reported } from '../engine/jobs/report-html.ts';
import { unsealedName } from '../shared/output-names.ts';

/**
 * @param path Of the report; `.age` after its ending is set aside.
 * @param whole What a machine gets.
 * @param reported What a reader gets, in English as all of the terminal.
 */
export function reportFile(path: string, whole: unknown, reported: Reported): Uint8Array {
  const readable = /^\.html?$/i.test(extname(unsealedName(path)));
  return readable ? Buffer.from(reportHtml(reported, 'en')) : jsonFile(whole);
}
