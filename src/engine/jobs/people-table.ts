import { createRandom } from '../compute/random.ts';

const given = ['Anna', 'Karl', 'Linda', 'Thomas', 'Julia', 'David'];
const family = ['Zyxsmith', 'Zyxgarcia', 'Zyxmiller', 'Zyxkeller'];

/**
 * A small made-up table for tests: people who come several times, each with a name, an e-mail address and a social
 * security number, their sex, age and postcode, and the ward they lie on. No made-up name begins with Zyx.
 */
export function peopleCsv(rows: number, people = 60, seed = 1): string {
  const random = createRandom(seed);
  const lines = ['name,email,ssn,sex,age,zip,ward,cost'];
  for (let row = 0; row < rows; row++) {
    const person = random.integer(people);
    const first = given[person % given.length] ?? '';
    const last = `${family[person % family.length] ?? ''}${'abcdefghijklmno'[person % 15]}${'pqrst'[person % 5]}`;
    const age = 20 + ((person * 13) % 75);
    lines.push(
      [
        row % 3 === 0 ? `Dr. ${first} ${last.toUpperCase()}` : `${first} ${last}`,
        `${first}.${last}@clinic.example`.toLowerCase(),
        `${200 + person}-45-${String(6000 + person * 7)}`,
        first.endsWith('a') ? 'F' : 'M',
        age,
        `${10_000 + (person % 9) * 1_111}`,
        ['north', 'south', 'east'][random.integer(3)],
        (age * 10 + random.uniform() * 50).toFixed(2),
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
