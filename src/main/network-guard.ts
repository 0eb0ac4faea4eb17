/**
 * No network in Chromium, in layers that do not rely on each other: switches that stop its background services
 * and resolve no name, a proxy that leads nowhere, a request filter, no WebRTC, no dictionary.
 * For Node's side see no-network.ts.
 */
import type { CommandLine, Session, WebContents } from 'electron';
import { appOrigin, originOf } from './page-origin.ts';

/**
 * Whether a page may request `address`: files of the app, and blobs its own page made.
 *
 * @param devTools Whether the developer tools, which are pages themselves, may load.
 */
export function mayRequest(address: string, devTools: boolean): boolean {
  const source = address.startsWith('blob:') ? address.slice('blob:'.length) : address;
  return originOf(source) === appOrigin || (devTools && address.startsWith('devtools://'));
}

/** Port 1 of this machine: privileged and unused. */
const deadProxy = 'http://127.0.0.1:1';

/** Command-line switches that keep Chromium's own services off the network. */
export const networkSwitches: readonly (readonly [name: string, value?: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  [
    'disable-features',
    // The last one would have WebRTC announce names on the local network.
    'AsyncDns,DnsOverHttps,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,WebRtcHideLocalIpsWithMdns',
  ],
  ['no-pings'],
  // For what belongs to no session: Electron's own requests, and those of a utility process.
  ['proxy-server', deadProxy],
  ['proxy-bypass-list', '<-loopback>'],
];

/** The part of Electron's App that this needs. */
export interface SilencedApp {
  readonly commandLine: Pick<CommandLine, 'appendSwitch'>;
  on(
    event: 'web-contents-created',
    listener: (event: unknown, contents: Pick<WebContents, 'setWebRTCIPHandlingPolicy'>) => void,
  ): unknown;
}

/** Silences Chromium as a whole. Must run before the app is ready. */
export function silenceChromium(app: SilencedApp): void {
  for (const [name, value] of networkSwitches) app.commandLine.appendSwitch(name, value);
  app.on('web-contents-created', (_event, contents) =>
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

/** Closes the network of one session. The returned promise is fulfilled once the proxy is set. */
export async function closeSession(session: ClosableSession, devTools: boolean): Promise<void> {
  session.webRequest.onBeforeRequest((details, callback) =>
    callback({ cancel: !mayRequest(details.url, devTools) }),
  );
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerDictionaryDownloadURL('https://dictionaries.invalid/');
  await session.setProxy({
    mode: 'fixed_servers',
    proxyRules: deadProxy,
    // Nothing goes round it, loopback addresses neither.
    proxyBypassRules: '<-loopback>',
  });
}
