import { createRandom } from '../compute/random.ts';

/** A small made-up table for tests: an identifier, a number, a category, a date and an amount that hang together. */
export function clientsCsv(rows: number, seed = 1): string {
  const random = createRandom(seed);
  const lines = ['client,age,plan,since,fee'];
  for (let row = 0; row < rows; row++) {
    const age = 18 + random.integer(60);
    const plan = ['basic', 'plus', 'pro'][random.integer(age < 40 ? 2 : 3)] ?? 'basic';
    const day = new Date(Date.UTC(2015, 0, 1 + random.integer(3000))).toISOString().slice(0, 10);
    const fee = (age * (plan === 'pro' ? 2 : 1) + random.uniform() * 10).toFixed(2);
    lines.push(`C${String(seed * 100_000 + row * 7)},${age},${plan},${day},${fee}`);
  }
  return `${lines.join('\n')}\n`;
}
