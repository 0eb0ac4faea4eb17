import { describe, expect, it } from 'vitest';
import { sniffDialect, uniqueNames } from './dialect.ts';

function sniff(text: string) {
  const found = sniffDialect(Buffer.from(text), true);
  if (!found) throw new Error('no dialect');
  return {
    delimiter: String.fromCharCode(found.delimiter),
    quote: String.fromCharCode(found.quote),
    header: found.header,
    width: found.width,
    names: found.names,
  };
}

describe('sniffDialect', () => {
  it.each([',', ';', '\t', '|'])('finds the delimiter %j', (delimiter) => {
    const rows = [
      ['name', 'age', 'town'],
      ['Ann', '31', 'Graz, Styria'],
      ['Bob', '42', 'Linz'],
    ];
    const text = rows.map((row) => row.map((value) => `"${value}"`).join(delimiter)).join('\n');
    expect(sniff(text)).toMatchObject({ delimiter, header: true, width: 3, names: ['name', 'age', 'town'] });
  });

  it('prefers semicolons to decimal commas', () => {
    expect(sniff('a;b;c\n1,5;2,5;3,5\n1,25;2,5;3\n')).toMatchObject({ delimiter: ';', width: 3 });
  });

  it('finds single quotes', () => {
    expect(sniff("a,b\n'x,1','y'\n'z','w,2'\n")).toMatchObject({ quote: "'", width: 2 });
  });

  it('tells a header from values', () => {
    expect(sniff('1,2\n3,4\n').header).toBe(false);
    expect(sniff('red,round\nblue,square\nred,square\n').header).toBe(false);
    expect(sniff('colour,shape\nblue,square\nred,square\n').header).toBe(true);
    expect(sniff('country,2019,2020\nAT,1,2\nDE,3,4\n').header).toBe(true);
    expect(sniff('a,b\n').header).toBe(true);
  });

  it('takes a text without delimiters for one column', () => {
    expect(sniff('name\nAnn\nBob\n')).toMatchObject({ width: 1, header: true, names: ['name'] });
  });

  it('keeps a column whose name is missing at the end of the header', () => {
    expect(sniff('a,b\n1,2,3\n4,5,6\n')).toMatchObject({ width: 3, names: ['a', 'b', ''] });
  });

  it('knows no dialect for nothing', () => {
    expect(sniffDialect(Buffer.from('\n\n'), true)).toBeUndefined();
  });
});

describe('uniqueNames', () => {
  it('names the nameless and numbers the doubled, without a clash', () => {
    expect(uniqueNames(['a', '', 'a', 'a (2)', 'a', 'column 2'])).toEqual({
      names: ['a', 'column 2 (2)', 'a (3)', 'a (2)', 'a (4)', 'column 2'],
      unnamed: [2],
      renamed: [
        { position: 3, name: 'a (3)' },
        { position: 5, name: 'a (4)' },
      ],
    });
  });
});
