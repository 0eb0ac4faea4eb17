import { BrowserWindow, dialog, nativeTheme, screen, type MessageBoxOptions } from 'electron';
import { confirmClose } from './confirm-close.ts';
import { showAgainAfterCrash } from './crashed-page.ts';
import { appOrigin } from './page-origin.ts';
import { recall, remember } from './remembered.ts';
import { canvasColour } from './theme.ts';
import { openingBounds, smallestWindow } from './window-bounds.ts';
import { webPreferences } from './web-preferences.ts';

/**
 * Opens the window.
 *
 * @param preload Absolute path of the preload script.
 * @param memory File that remembers the window's place.
 * @param beforeClosing What to ask before it closes; undefined for nothing.
 */
export function openWindow(
  preload: string,
  memory: string,
  devTools: boolean,
  beforeClosing: () => MessageBoxOptions | undefined,
): BrowserWindow {
  const { bounds, maximized } = recall(memory);
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== main.id);
  const areas = [main, ...others].map((display) => display.workArea);
  const window = new BrowserWindow({
    ...openingBounds(bounds, areas),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: 'Semblance',
    show: false,
    backgroundColor: canvasColour(nativeTheme),
    webPreferences: webPreferences(preload, devTools),
  });
  if (maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    remember(memory, { bounds: window.getNormalBounds(), maximized: window.isMaximized() }),
  );
  const ask = async (options: MessageBoxOptions) => (await dialog.showMessageBox(window, options)).response;
  confirmClose(window, beforeClosing, ask);
  showAgainAfterCrash(window.webContents, ask, () => window.close());
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}
