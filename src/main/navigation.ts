import type { WindowOpenHandlerResponse } from 'electron';
import { originOf } from './page-origin.ts';

/**
 * Whether a page may go to `address`: never, but for the development server reloading its own page.
 *
 * @param devServer Origin of the development server, while there is one.
 */
export function mayNavigate(address: string, devServer: string | undefined): boolean {
  return devServer !== undefined && originOf(address) === devServer;
}

type Refusable = Readonly<{ url: string; preventDefault(): void }>;

/** The part of Electron's WebContents that decides where a page may go. */
export interface Page {
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    listener: (event: Refusable) => void,
  ): unknown;
  on(event: 'will-attach-webview', listener: (event: Pick<Refusable, 'preventDefault'>) => void): unknown;
  setWindowOpenHandler(handler: () => WindowOpenHandlerResponse): void;
}

/** The part of Electron's App that tells of new pages. */
export interface Pages {
  on(event: 'web-contents-created', listener: (event: unknown, contents: Page) => void): unknown;
}

/** Keeps every page where it is: no navigation, no redirection, no new window, no webview. */
export function forbidNavigation(app: Pages, devServer: string | undefined): void {
  app.on('web-contents-created', (_event, contents) => pin(contents, devServer));
}

function pin(contents: Page, devServer: string | undefined): void {
  const check = (event: Refusable) => {
    if (!mayNavigate(event.url, devServer)) event.preventDefault();
  };
  contents.on('will-navigate', check);
  contents.on('will-frame-navigate', check);
  contents.on('will-redirect', check);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
