import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A repeatable stream of numbers in [0, 1). */
function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Writes a small made-up table: an identifier, numbers, categories with a rare one, a date, missing values, and a
 * column that depends on another.
 * @returns its path
 */
export async function writeClients(folder: string, rows = 900, name = 'clients.csv'): Promise<string> {
  const random = stream(7);
  const lines = ['client_id,age,limit,education,opened_on,defaulted'];
  for (let row = 0; row < rows; row++) {
    const age = 21 + Math.floor((random() + random()) * 25);
    const limit = (10_000 + Math.floor(age * 900 * random())).toFixed(2);
    const draw = random();
    const education = draw < 0.02 ? 'doctorate' : draw < 0.5 ? 'university' : draw < 0.9 ? 'school' : '';
    const month = String(1 + Math.floor(random() * 12)).padStart(2, '0');
    const defaulted = random() < (age < 30 ? 0.5 : 0.15) ? 'yes' : 'no';
    lines.push(`C-${100_000 + row * 7},${age},${limit},${education},2015-${month}-17,${defaulted}`);
  }
  const path = join(folder, name);
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}
