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
  const fresh = (path: string) => ({ path, overwrite: false });
  const replacing = (path: string) => ({ path, overwrite: true });

  it('answers the path chosen, or null when dismissed', async () => {
    expect(await chooseTarget(answering('/a/out.csv'), csv, never)).toEqual(fresh('/a/out.csv'));
    expect(await chooseTarget(answering('/a/out.CSV'), csv, never)).toEqual(fresh('/a/out.CSV'));
    expect(await chooseTarget(answering(undefined), csv, never)).toBeNull();
  });

  it('takes a name from the page, not a path', async () => {
    const dialogs = answering('/a/out.csv');
    await chooseTarget(dialogs, { ...csv, suggestedName: '../../etc\\passwd' }, never);
    expect(dialogs.save.mock.lastCall?.[0].defaultPath).toBe('..-..-etc-passwd');
  });

  it('adds a missing extension, also after one that belongs to something else', async () => {
    expect(await chooseTarget(answering('/a/out'), csv, never)).toEqual(fresh('/a/out.csv'));
    expect(await chooseTarget(answering('/a/v1.2'), { ...csv, format: 'parquet' }, never)).toEqual(
      fresh('/a/v1.2.parquet'),
    );
    expect(await chooseTarget(answering('/a/m'), { ...csv, format: 'model' }, never)).toEqual(
      fresh('/a/m.semblance'),
    );
  });

  it('asks before the completed name replaces a file that the dialog has not asked about', async () => {
    const refusing = answering('/a/out', 0);
    expect(await chooseTarget(refusing, csv, () => true)).toBeNull();
    expect(refusing.ask).toHaveBeenCalledOnce();
    expect(await chooseTarget(answering('/a/out', 1), csv, () => true)).toEqual(replacing('/a/out.csv'));
  });

  it('does not ask a second time about a name that the dialog has asked about', async () => {
    const dialogs = answering('/a/out.csv');
    expect(await chooseTarget(dialogs, csv, () => true)).toEqual(replacing('/a/out.csv'));
    expect(dialogs.ask).not.toHaveBeenCalled();
    expect(dialogs.save.mock.lastCall?.[0].properties).toContain('showOverwriteConfirmation');
  });

  it('asks before a card is replaced that lies where that of the new file will', async () => {
    const card = (path: string) => path === '/a/out.csv.card.json';
    const refusing = answering('/a/out.csv', 0);
    expect(await chooseTarget(refusing, csv, card)).toBeNull();
    expect(refusing.ask.mock.lastCall?.[0].message).toContain('out.csv.card.json');
    expect(await chooseTarget(answering('/a/out.csv', 1), csv, card)).toEqual(replacing('/a/out.csv'));
    const model = { ...csv, format: 'model' } as const;
    const any = answering('/a/out.zip');
    expect(await chooseTarget(any, model, (path) => path === '/a/out.zip.card.json')).toEqual(
      fresh('/a/out.zip'),
    );
    expect(any.ask).not.toHaveBeenCalled();
  });
});
