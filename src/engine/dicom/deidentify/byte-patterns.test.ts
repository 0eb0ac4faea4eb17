import { expect, it } from 'vitest';
import { createRandom } from '../../compute/random.ts';
import { BytePatterns } from './byte-patterns.ts';

/** Place by place, as one would look for them by hand. */
function soughtByHand(bytes: Buffer, patterns: readonly string[]): string[] {
  const text = bytes.toString('latin1').toLowerCase();
  return Array.from(text).flatMap((_, at) =>
    patterns.filter((pattern) => text.startsWith(pattern, at)).map((pattern) => `${pattern} ${at}`),
  );
}

it('finds every place of every pattern, in the order of the bytes', () => {
  const patterns = ['abab', 'babc', 'ababc', 'cccc', 'é\u00fca\u00e9'];
  const sought = new BytePatterns<string>();
  for (const pattern of patterns) sought.add(Buffer.from(pattern, 'latin1'), pattern);
  const random = createRandom(7);
  const letters = 'aAbBcCéÉü';
  for (let length = 0; length < 400; length++) {
    const text = Array.from({ length }, () => letters[Math.floor(random.uniform() * letters.length)]).join(
      '',
    );
    const bytes = Buffer.from(text, 'latin1');
    const found: string[] = [];
    sought.scan(bytes, (pattern, at) => found.push(`${pattern} ${at}`));
    expect(found.sort()).toEqual(soughtByHand(bytes, patterns).sort());
  }
});
