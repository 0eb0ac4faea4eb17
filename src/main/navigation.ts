import type { WindowOpenHandlerResponse } from 'electron';

interface Refusable {
  preventDefault(): void;
}

/** The part of Electron's WebContents that decides where a page may go. */
export interface Page {
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview',
    listener: (event: Refusable) => void,
  ): unknown;
  setWindowOpenHandler(handler: () => WindowOpenHandlerResponse): void;
}

/** The part of Electron's App that tells of new pages. */
export interface Pages {
  on(event: 'web-contents-created', listener: (event: unknown, contents: Page) => void): unknown;
}

/** Keeps every page where it is: no navigation, no redirection, no new window, no webview. */
export function forbidNavigation(app: Pages): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (event: Refusable) => event.preventDefault();
    contents.on('will-navigate', refuse);
    contents.on('will-frame-navigate', refuse);
    contents.on('will-redirect', refuse);
    contents.on('will-attach-webview', refuse);
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
