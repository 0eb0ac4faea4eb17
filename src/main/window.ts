import { BrowserWindow, nativeTheme, screen } from 'electron';
import { appOrigin } from './page-origin.ts';
import { recall, remember } from './remembered.ts';
import { canvasColour } from './theme.ts';
import { openingBounds, smallestWindow } from './window-bounds.ts';
import { webPreferences } from './web-preferences.ts';

/** Milliseconds within which a page that crashes again is left alone. */
const crashLoop = 10_000;

/**
 * Opens the window.
 *
 * @param preload Absolute path of the preload script.
 * @param memory File that remembers the window's place.
 */
export function openWindow(preload: string, memory: string, devTools: boolean): BrowserWindow {
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
  showAgainAfterCrash(window);
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}

/** A page that crashes loses nothing, since jobs live in the engine: it is loaded again, but not over and over. */
function showAgainAfterCrash(window: BrowserWindow): void {
  let last = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || Date.now() - last < crashLoop) return;
    last = Date.now();
    window.webContents.reload();
  });
}
