import { describe, expect, it } from 'vitest';
import { amount, count, fileSize, looksNumeric, percent, rate } from './figures.ts';

describe('counts', () => {
  it('groups thousands', () => {
    expect(count(30000)).toBe('30,000');
  });
});

describe('percent', () => {
  it.each([
    [0, '0 %'],
    [0.0002, '<0.1 %'],
    [0.004, '0.4 %'],
    [0.41, '41 %'],
    [0.993, '99.3 %'],
    [0.99995, '>99.9 %'],
    [1, '100 %'],
  ])('%s is %s', (share, words) => {
    expect(percent(share)).toBe(words.replace(' ', '\u00a0'));
  });

  it('never calls something nothing, nor nearly all all', () => {
    for (const share of [1e-9, 1e-6, 0.0004]) expect(percent(share)).not.toMatch(/^0\D%/);
    for (const share of [0.9999999, 0.9994]) expect(percent(share)).not.toMatch(/^100/);
  });
});

describe('fileSize and rate', () => {
  it.each([
    [1, '1 byte'],
    [999, '999 bytes'],
    [2694033, '2.7 MB'],
    [999600, '1.0 MB'],
    [104857600, '105 MB'],
    [5e15, '5000 TB'],
  ])('%s bytes is %s', (bytes, words) => {
    expect(fileSize(bytes)).toBe(words);
  });

  it('keeps a decimal only where it tells something', () => {
    expect(rate(41000, 'rows')).toBe('41,000 rows/s');
    expect(rate(2.34, 'epochs')).toBe('2.3 epochs/s');
  });
});

describe('looksNumeric', () => {
  it('needs every value that is there to be a number', () => {
    expect(looksNumeric(['1', '-2.5', null, '3e-4'])).toBe(true);
    expect(looksNumeric(['1', 'a'])).toBe(false);
    expect(looksNumeric([null, ''])).toBe(false);
    expect(looksNumeric(['2020-01-01'])).toBe(false);
  });
});

describe('amount', () => {
  it('writes numbers as people do, however the source did', () => {
    expect(amount('10000')).toBe('10,000');
    expect(amount('1e+06')).toBe('1,000,000');
    expect(amount('-165580')).toBe('−165,580');
    expect(amount('10000.50', 2)).toBe('10,000.5');
    expect(amount('-0.0')).toBe('0');
    expect(amount('1.5e-9')).toBe('1.5e−9');
    expect(amount('2015-03-17')).toBe('2015-03-17');
    expect(amount('')).toBe('');
  });
});
