import { styleText } from 'node:util';
import type { Scores } from '../shared/scores.ts';
import { findings } from '../shared/verdicts.ts';
import type { Verdict } from '../shared/verdicts.ts';

const colours: Record<Verdict, 'green' | 'yellow' | 'red'> = { good: 'green', fair: 'yellow', poor: 'red' };

/** The scores in plain words, one a line, each with its verdict. */
export function scoreLines(scores: Scores, width: number): string[] {
  return findings(scores).flatMap(({ verdict, sentence }) => {
    const [first = '', ...rest] = wrap(sentence, width - 8);
    return [
      `  ${styleText(colours[verdict], verdict.padEnd(4))}  ${first}`,
      ...rest.map((line) => `        ${line}`),
    ];
  });
}

/** Lines of at most `width` characters, broken between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** A remark under a summary, beside its label. */
export function noteLines(text: string, width: number): string[] {
  return wrap(text, width - 9).map((line, index) => (index === 0 ? 'Note     ' : '         ') + line);
}

export function count(value: number, noun: string): string {
  return `${value.toLocaleString('en-GB')} ${noun}${value === 1 ? '' : 's'}`;
}

export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[power - 1] ?? ''}`;
}

export function percent(share: number): string {
  if (share === 0) return '0 %';
  if (share < 0.001) return '<0.1 %';
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
