import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { safeChoice } from '../../shared/personal-defaults.ts';
import { fakeColumns } from '../privacy/fakes/fake-columns.ts';
import { packModel } from '../synthesis/tables/model-file.ts';
import { openSource } from '../tables/source.ts';
import { profile } from './profile.ts';
import { rowsAsText } from './rows-as-text.ts';
import { sampleTable } from './sample-rows.ts';
import { train } from './train.ts';

/** One row holds each of these, and no other row any of them. */
const canary = {
  town: 'Zyxthorpe',
  amount: '987654.32',
  day: '1907-03-29',
  name: 'Quirina Zyxwarden',
  settlement: '1234567',
  consent: 'asked Quirina Zyxwarden',
  note: 'The patient Quirina Zyxwarden of Zyxthorpe called on 1907-03-29 about the bill.',
};

/** How a model file might hold them: as they are, or as units of the last digit and milliseconds. */
const written = [
  ...['Zyx', 'Quirina', canary.amount, canary.day, canary.settlement],
  ...[canary.amount.replace('.', ''), String(Date.parse(canary.day))],
];

it('no value of one row is in the model or comes out, wherever it stands', { timeout: 600_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'semblance-canaries-'));
  try {
    const rows = Array.from({ length: 1200 }, (_, row) => {
      const town = ['Lyon', 'Nantes', 'Lille'][row % 3] ?? '';
      const day = `19${40 + (row % 60)}-0${1 + (row % 9)}-1${row % 10}`;
      const name = `${['Anna', 'Maria', 'Peter'][row % 3] ?? ''} ${['Smith', 'Miller'][row % 2] ?? ''}`;
      return [
        town,
        `${10 + ((row * 37) % 500)}.50`,
        day,
        name,
        '0',
        ['signed', 'refused'][row % 2],
        `Nothing to add to the visit number ${row}, all is well.`,
      ].join(',');
    });
    rows[500] = Object.values(canary).join(',');
    const path = join(folder, 'visits.csv');
    await writeFile(path, `${Object.keys(canary).join(',')}\n${rows.join('\n')}\n`);
    const source = await openSource(path);
    try {
      const context = { signal: new AbortController().signal, report: () => undefined };
      const found = await profile(source, context);
      // As little is done about it as can be: even a name the user insists on learning may not come out.
      const columns = found.columns.map((column) => {
        const keep = { name: column.name, role: 'keep' as const, learnPersonal: true as const };
        if (column.name === 'name') return { ...keep, kind: 'category' as const };
        if (column.name === 'consent') return { ...keep, kind: 'boolean' as const };
        return safeChoice({ ...column, personal: undefined }, 'gdpr');
      });
      const settings = { minutes: 5, stopEarly: true, seed: 1, holdout: 0.1 };
      const { model, card, training } = await train(
        { source, profile: found, columns, settings, maxEpochs: 2 },
        context,
      );
      const add = await fakeColumns(model.schema, 1);
      const generated = add(await sampleTable(model, 100_000, 1));
      const text = rowsAsText(generated, model.schema, 100_000, 1)
        .map((row) => row.join(' | '))
        .join('\n');
      for (const value of ['Zyx', 'Quirina', canary.amount, canary.day, canary.settlement])
        expect(text).not.toContain(value);
      const packed = Object.entries(unzipSync(packModel(model, card)));
      expect(packed).toHaveLength(3);
      for (const [, bytes] of packed) {
        const file = Buffer.from(bytes).toString('latin1');
        for (const value of written) expect(file).not.toContain(value);
      }
      // Extremes are clipped: what comes out lies within the sixth most extreme value.
      for (const column of generated.columns) {
        if (column.type !== 'number') continue;
        const learned = training.columns.find(({ name }) => name === column.name);
        if (learned?.type !== 'number') throw new TypeError('A column of numbers was expected.');
        const sorted = learned.values.filter((value) => !Number.isNaN(value)).sort();
        const drawn = column.values.filter((value) => !Number.isNaN(value)).sort();
        expect(drawn[0]).toBeGreaterThanOrEqual(sorted[5] ?? NaN);
        expect(drawn.at(-1)).toBeLessThanOrEqual(sorted[sorted.length - 6] ?? NaN);
      }
    } finally {
      await source.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
