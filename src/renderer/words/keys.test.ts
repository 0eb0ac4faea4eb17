import { expect, it } from 'vitest';
import { keyNames } from './keys.ts';

it('names keys as the keyboard does', () => {
  expect(keyNames('darwin')).toEqual({ command: '⌘', alt: '⌥' });
  expect(keyNames('linux')).toEqual({ command: 'Ctrl', alt: 'Alt' });
  expect(keyNames(undefined)).toEqual({ command: 'Ctrl', alt: 'Alt' });
});
