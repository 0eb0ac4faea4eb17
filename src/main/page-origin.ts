/** Where the app's own pages come from. Everything else is foreign: no request, no navigation, no message. */

/** Origin of the renderer, served by app-protocol.ts. In development too: there is no development server. */
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
