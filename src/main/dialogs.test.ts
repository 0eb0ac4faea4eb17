import { describe, expect, it, vi } from 'vitest';
import { chooseModel, chooseSource, chooseTarget, type Dialogs } from './dialogs.ts';

function answering(filePath: string | undefined, button = 0) {
  const canceled = filePath === undefined;
  return {
    open: vi.fn<Dialogs['open']>(async () => ({
      canceled,
      filePaths: filePath === undefined ? [] : [filePath],
    })),
    save: vi.fn<Dialogs['save']>(async () => ({ canceled, filePath: filePath ?? '' })),
    ask: vi.fn<Dialogs['ask']>(async () => ({ response: button, checkboxChecked: false })),
  };
}

describe('chooseSource and chooseModel', () => {
  it('answer one file, or null when dismissed', async () => {
    expect(await chooseSource(answering('/a/b.csv'))).toBe('/a/b.csv');
    expect(await chooseModel(answering('/a/b.semblance'))).toBe('/a/b.semblance');
    expect(await chooseSource(answering(undefined))).toBeNull();
    expect(await chooseModel(answering(undefined))).toBeNull();
  });

  it('offer one file only, and never a folder', async () => {
    const dialogs = answering('/a/b.csv');
    await chooseSource(dialogs);
    expect(dialogs.open.mock.lastCall?.[0].properties).toEqual(['openFile']);
  });
});

describe('chooseTarget', () => {
  const csv = { suggestedName: 'synthetic.csv', format: 'csv' } as const;
  const never = () => false;

  it('answers the path chosen, or null when dismissed', async () => {
    expect(await chooseTarget(answering('/a/out.csv'), csv, never)).toBe('/a/out.csv');
    expect(await chooseTarget(answering('/a/out.CSV'), csv, never)).toBe('/a/out.CSV');
    expect(await chooseTarget(answering(undefined), csv, never)).toBeNull();
  });

  it('takes a name from the page, not a path', async () => {
    const dialogs = answering('/a/out.csv');
    await chooseTarget(dialogs, { ...csv, suggestedName: '../../etc\\passwd' }, never);
    expect(dialogs.save.mock.lastCall?.[0].defaultPath).toBe('..-..-etc-passwd');
  });

  it('adds a missing extension, also after one that belongs to something else', async () => {
    expect(await chooseTarget(answering('/a/out'), csv, never)).toBe('/a/out.csv');
    expect(await chooseTarget(answering('/a/v1.2'), { ...csv, format: 'parquet' }, never)).toBe(
      '/a/v1.2.parquet',
    );
    expect(await chooseTarget(answering('/a/m'), { ...csv, format: 'model' }, never)).toBe('/a/m.semblance');
  });

  it('asks before the completed name replaces a file that the dialog has not asked about', async () => {
    const refusing = answering('/a/out', 0);
    expect(await chooseTarget(refusing, csv, () => true)).toBeNull();
    expect(refusing.ask).toHaveBeenCalledOnce();
    expect(await chooseTarget(answering('/a/out', 1), csv, () => true)).toBe('/a/out.csv');
  });

  it('does not ask a second time about a name that the dialog has asked about', async () => {
    const dialogs = answering('/a/out.csv');
    await chooseTarget(dialogs, csv, () => true);
    expect(dialogs.ask).not.toHaveBeenCalled();
    expect(dialogs.save.mock.lastCall?.[0].properties).toContain('showOverwriteConfirmation');
  });
});
