import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const given = [
  'Anna',
  'Ben',
  'Clara',
  'David',
  'Emma',
  'Felix',
  'Grace',
  'Henry',
  'Ida',
  'Jonas',
  'Kate',
  'Leo',
];
const family = [
  'Adams',
  'Baker',
  'Carter',
  'Davies',
  'Evans',
  'Foster',
  'Green',
  'Hughes',
  'Irving',
  'Jones',
];

/**
 * Writes a made-up table of hospital stays with something for every part of the window: names, ages and dates of people,
 * two rules that hold in every row, a column that depends on others, missing values, a rare category.
 * @returns its path
 */
export async function writePeople(folder: string, rows = 900, name = 'stays.csv'): Promise<string> {
  const day = (number: number): string => new Date(1.6e12 + number * 86_400_000).toISOString().slice(0, 10);
  const lines = Array.from({ length: rows }, (_, row) => {
    const [first, last] = [given[(row * 5) % 12] ?? '', family[(row * 7) % 10] ?? ''];
    const start = (row * 37) % 900;
    const nights = (row * 13) % 30;
    const ward = (row * 7) % 12;
    const age = 18 + ((row * 11) % 70);
    const cost = (nights * 410.5 + age * 3 + ((row * 29) % 100)).toFixed(2);
    const again = row % 50 === 0 ? 'unknown' : row % 11 === 0 ? '' : age > 60 && row % 3 > 0 ? 'yes' : 'no';
    return [
      `${first} ${last}`,
      `${first.toLowerCase()}.${last.toLowerCase()}${row}@example.org`,
      ...[age, row % 2 === 0 ? 'f' : 'm', day(start), day(start + nights)],
      ...[`Ward ${ward}`, `House ${ward % 3}`, cost, again],
    ].join(',');
  });
  const path = join(folder, name);
  const head = 'name,email,age,sex,admitted,discharged,ward,house,cost,readmitted';
  await writeFile(path, `${head}\n${lines.join('\n')}\n`);
  return path;
}
