import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { canvasColours, setTheme, type Theme } from './theme.ts';

it('sets the theme of the system parts and the background of the windows', () => {
  const nativeTheme = {
    themeSource: 'system' as Theme,
    get shouldUseDarkColors() {
      return this.themeSource === 'dark';
    },
  };
  const window = { setBackgroundColor: vi.fn() };
  setTheme(nativeTheme, 'dark', [window]);
  setTheme(nativeTheme, 'light', [window]);
  expect(nativeTheme.themeSource).toBe('light');
  expect(window.setBackgroundColor.mock.calls).toEqual([[canvasColours.dark], [canvasColours.light]]);
});

it('uses the colours of the page', () => {
  const css = readFileSync(join(import.meta.dirname, '../renderer/app.css'), 'utf8');
  const colours = [...css.matchAll(/--canvas: (#\w+);/g)].map((match) => match[1]);
  expect(new Set(colours)).toEqual(new Set(Object.values(canvasColours)));
});
