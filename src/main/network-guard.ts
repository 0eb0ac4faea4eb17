/**
 * No network in Chromium, in layers that do not rely on each other:
 * switches that stop its background services and resolve no name, a proxy that leads nowhere,
 * a request filter, no WebRTC, no dictionary. For Node's side see no-network.ts.
 */
import type { App, Session, WebContents } from 'electron';
import { appOrigin, originOf } from './page-origin.ts';

/**
 * Whether a page may request `address`: files of the app, and blobs its own page made.
 * In development also the Vite server and the developer tools.
 *
 * @param devServer Origin of the development server, while there is one.
 */
export function mayRequest(address: string, devServer: string | undefined): boolean {
  const origin = originOf(address.startsWith('blob:') ? address.slice('blob:'.length) : address);
  if (origin === appOrigin) return true;
  if (devServer === undefined) return false;
  return (
    origin === devServer || origin?.replace(/^ws:/, 'http:') === devServer || address.startsWith('devtools:')
  );
}

/** Command-line switches that keep Chromium's own services off the network. */
export function networkSwitches(devServer: string | undefined): readonly (readonly [string, string?])[] {
  const here = devServer === undefined ? [] : ['localhost', '127.0.0.1', '[::1]'];
  return [
    ['host-resolver-rules', ['MAP * ~NOTFOUND', ...here.map((host) => `EXCLUDE ${host}`)].join(', ')],
    ['disable-background-networking'],
    ['disable-component-update'],
    ['disable-domain-reliability'],
    ['disable-features', 'AsyncDns,DnsOverHttps,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints'],
    ['no-pings'],
  ];
}

/** Must run before the app is ready. */
export function silenceChromium(app: App, devServer: string | undefined): void {
  for (const [name, value] of networkSwitches(devServer)) {
    if (value === undefined) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  }
  app.on('web-contents-created', (_event, contents: WebContents) =>
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp'),
  );
}

/** The part of Electron's Session that reaches the network. */
export interface ClosableSession extends Pick<
  Session,
  'setProxy' | 'setSpellCheckerEnabled' | 'setSpellCheckerDictionaryDownloadURL'
> {
  readonly webRequest: {
    onBeforeRequest(
      filter: (details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void,
    ): void;
  };
}

/** Closes the network of one session. */
export async function closeSession(session: ClosableSession, devServer: string | undefined): Promise<void> {
  session.webRequest.onBeforeRequest((details, callback) =>
    callback({ cancel: !mayRequest(details.url, devServer) }),
  );
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerDictionaryDownloadURL('https://dictionaries.invalid/');
  await session.setProxy({
    mode: 'fixed_servers',
    // Port 1 of this machine: privileged, unused, never left.
    proxyRules: 'http://127.0.0.1:1',
    // Loopback addresses usually go round a proxy; here only the development server may.
    proxyBypassRules: devServer === undefined ? '<-loopback>' : '',
  });
}
