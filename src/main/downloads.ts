/** The part of Electron's Session that tells of downloads. */
export interface Downloading {
  on(event: 'will-download', listener: (event: { preventDefault(): void }) => void): unknown;
}

/** No page saves anything by itself: files are written by the engine, where the user has pointed. */
export function forbidDownloads(session: Downloading): void {
  session.on('will-download', (event) => event.preventDefault());
}
