/** Where the app's own pages come from. Everything else is foreign: no request, no navigation, no message. */

/** Origin of the built renderer, served by app-protocol.ts. */
export const appOrigin = 'app://semblance';

/** Origin of an address, also for schemes for which `URL.origin` is `null`; undefined when it is no address. */
export function originOf(address: string): string | undefined {
  try {
    const { protocol, host } = new URL(address);
    return `${protocol}//${host}`;
  } catch {
    return undefined;
  }
}

/**
 * Origin of the Vite development server, which `npm run dev` announces in ELECTRON_RENDERER_URL.
 * Never in a packaged app, and only on this machine.
 */
export function devServerOrigin(
  isPackaged: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const address = environment.ELECTRON_RENDERER_URL;
  if (isPackaged || address === undefined) return undefined;
  const origin = originOf(address);
  return origin !== undefined && /^http:\/\/(localhost|127\.0\.0\.1|\[::1\]):\d+$/.test(origin)
    ? origin
    : undefined;
}
