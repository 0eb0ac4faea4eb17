import { describe, expect, it } from 'vitest';
import { shortcutOf } from './shortcuts.ts';

const press = (change: object) =>
  shortcutOf({
    key: '',
    code: '',
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    target: { tagName: 'BODY' },
    ...change,
  });

describe('shortcutOf', () => {
  it('knows the steps by the key’s place, whatever the layout makes of it', () => {
    expect(press({ altKey: true, code: 'Digit3', key: '#' })).toEqual({ kind: 'step', index: 2 });
    expect(press({ altKey: true, code: 'Digit5' })).toBeNull();
    expect(press({ code: 'Digit1', key: '1' })).toBeNull();
  });

  it('takes Ctrl or Cmd', () => {
    expect(press({ ctrlKey: true, key: 'Enter' })).toEqual({ kind: 'next' });
    expect(press({ metaKey: true, key: 'o' })).toEqual({ kind: 'open' });
    expect(press({ ctrlKey: true, shiftKey: true, key: 'o' })).toBeNull();
    expect(press({ ctrlKey: true, key: 'Z' }), 'with Caps Lock').toEqual({ kind: 'undo' });
  });

  it('leaves typing alone', () => {
    const input = { tagName: 'INPUT', type: 'text' };
    expect(press({ key: '?', target: input })).toBeNull();
    expect(press({ ctrlKey: true, key: 'z', target: input })).toBeNull();
    expect(press({ key: '?', target: { tagName: 'INPUT', type: 'radio' } })).toEqual({ kind: 'help' });
    expect(press({ ctrlKey: true, key: 'Enter', target: input })).toEqual({ kind: 'next' });
  });
});
