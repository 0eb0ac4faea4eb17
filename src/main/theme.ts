import type { Input } from '../shared/contract.ts';

export type Theme = Input<'app.setTheme'>;

/** What shows before the page has drawn itself; the renderer's `--canvas`, light and dark. */
export const canvasColours = { light: '#f4f5f3', dark: '#121618' } as const;

/** The part of Electron's nativeTheme that this needs. */
export interface NativeTheme {
  themeSource: Theme;
  readonly shouldUseDarkColors: boolean;
}

/** Background of a window in the present theme. */
export function canvasColour(nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'>): string {
  return nativeTheme.shouldUseDarkColors ? canvasColours.dark : canvasColours.light;
}

/** Makes windows, dialogs and menus light or dark, or as the system is. */
export function setTheme(
  nativeTheme: NativeTheme,
  theme: Theme,
  windows: readonly { setBackgroundColor(colour: string): void }[],
): void {
  nativeTheme.themeSource = theme;
  for (const window of windows) window.setBackgroundColor(canvasColour(nativeTheme));
}
