import { describe, expect, it } from 'vitest';
import { trainingSettings } from '../../shared/training.ts';
import { draftOf, readCount, readDraft, readNumber, type Settings } from './settings.ts';

const settings: Settings = { minutes: 5, stopEarly: true, seed: 1, holdout: 0.2 };
const draft = draftOf(settings);

describe('readDraft', () => {
  it('reads back what the form was made of', () => {
    expect(readDraft(draft, [])).toEqual({ ok: true, settings });
    const chosen = { ...settings, target: 'income', holdout: 0.125, minutes: 0.5, mostRows: 2500 };
    expect(readDraft(draftOf(chosen), ['income'])).toEqual({ ok: true, settings: chosen });
  });

  it.each([
    ['minutes', '0'],
    ['minutes', '-3'],
    ['minutes', '1441'],
    ['minutes', 'ten'],
    ['minutes', ''],
    ['seed', '1.5'],
    ['seed', '4294967296'],
    ['seed', '-1'],
    ['holdout', '4'],
    ['holdout', '51'],
    ['target', 'gone'],
    ['mostRows', '19'],
    ['mostRows', '1000000001'],
    ['mostRows', 'all'],
  ] as const)('refuses %s = "%s" and says what it takes', (field, typed) => {
    const reading = readDraft({ ...draft, [field]: typed }, ['income']);
    expect(reading.ok).toBe(false);
    if (!reading.ok) expect(reading.errors[field]).toMatch(/\S/);
  });

  it('lets through only what the contract takes', () => {
    for (const [minutes, mostRows] of [
      ['0.1', '20'],
      ['1440', '1,000,000,000'],
      ['7,5', ' '],
    ] as const) {
      const reading = readDraft({ ...draft, minutes, seed: '4294967295', holdout: '5', mostRows }, []);
      expect(reading.ok && trainingSettings.omit({ columns: true }).safeParse(reading.settings).success).toBe(
        true,
      );
    }
  });
});

describe('readNumber and readCount', () => {
  it('reads what people type', () => {
    expect(readNumber(' 7,5 ')).toBe(7.5);
    expect(readNumber('1e9')).toBeUndefined();
    expect(readCount('30,000')).toBe(30000);
    expect(readCount("1'000 000")).toBe(1000000);
    expect(readCount('30 000')).toBe(30000);
    expect(readCount('3.5')).toBeUndefined();
    expect(readCount('')).toBeUndefined();
  });
});
