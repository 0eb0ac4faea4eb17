/**
 * Nothing of the app reaches the network. A server on this very machine stands for the world:
 * it can be reached, as its first visitor shows, and must see nobody else.
 */
import { createServer, type Server } from 'node:http';
import { test as base, expect } from './test.ts';
import { App } from './app.ts';
import { planting } from './planting.ts';

interface World {
  port: number;
  /** Connections made, whatever was said over them. */
  visits: number;
}

const test = base.extend<{ world: World }>({
  world: async ({}, use) => {
    const world: World = { port: 0, visits: 0 };
    const server: Server = createServer((_request, response) => response.end('the world'));
    server.on('connection', () => world.visits++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    world.port = address.port;
    // Whoever may, gets through: what is counted below is really there to be counted.
    expect(await (await fetch(`http://127.0.0.1:${world.port}`)).text()).toBe('the world');
    expect(world.visits).toBe(1);
    await use(world);
    server.closeAllConnections();
    server.close();
  },
});

/** Everything a page can try. Returns what got through. */
async function attempts(app: App, port: number): Promise<string[]> {
  return app.page.evaluate(async (port) => {
    const through: string[] = [];
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, 'example.com'];
    const settle = (name: string, promise: Promise<unknown>) =>
      Promise.race([promise, new Promise((_resolve, reject) => setTimeout(reject, 1500))]).then(
        () => void through.push(name),
        () => {},
      );
    const element = (name: string, tag: 'img' | 'script' | 'iframe' | 'link' | 'video', attributes: object) =>
      settle(
        name,
        new Promise((resolve, reject) => {
          const made = Object.assign(document.createElement(tag), attributes);
          // A frame that was refused loads an error page.
          made.addEventListener('load', tag === 'iframe' ? () => {} : resolve);
          made.addEventListener('loadedmetadata', resolve);
          made.addEventListener('error', reject);
          document.body.append(made);
        }),
      );
    const tries = hosts.flatMap((host) => [
      settle(`fetch ${host}`, fetch(`http://${host}/`, { mode: 'no-cors' })),
      settle(`fetch https ${host}`, fetch(`https://${host}/`, { mode: 'no-cors' })),
      settle(
        `WebSocket ${host}`,
        new Promise((resolve, reject) => {
          const socket = new WebSocket(`ws://${host}/`);
          socket.onopen = resolve;
          socket.onerror = reject;
        }),
      ),
      settle(
        `EventSource ${host}`,
        new Promise((resolve, reject) => {
          const source = new EventSource(`http://${host}/`);
          source.onopen = resolve;
          source.onerror = reject;
        }),
      ),
      element(`img ${host}`, 'img', { src: `http://${host}/x.png` }),
      element(`script ${host}`, 'script', { src: `http://${host}/x.js` }),
      element(`style ${host}`, 'link', { rel: 'stylesheet', href: `http://${host}/x.css` }),
      element(`prefetch ${host}`, 'link', { rel: 'prefetch', href: `http://${host}/x` }),
      element(`preconnect ${host}`, 'link', { rel: 'preconnect', href: `http://${host}` }),
      element(`iframe ${host}`, 'iframe', { src: `http://${host}/` }),
      element(`video ${host}`, 'video', { src: `http://${host}/x.webm`, preload: 'auto' }),
    ]);
    for (const host of hosts) {
      navigator.sendBeacon(`http://${host}/`, 'x');
      window.open(`http://${host}/`);
    }
    await Promise.all(tries);
    return through;
  }, port);
}

/** Each layer has to hold alone: they are taken away one after the other, and the last one still refuses. */
const removals = [
  { layers: 'with every layer', refusal: 'Content Security Policy' },
  { layers: 'without the content security policy', refusal: 'net::ERR_BLOCKED_BY_CLIENT' },
  { layers: 'without that and the request filter', refusal: 'net::ERR_PROXY_CONNECTION_FAILED' },
  { layers: 'without those and the dead proxy', refusal: 'net::ERR_NAME_NOT_RESOLVED' },
] as const;

for (const [removed, { layers, refusal }] of removals.entries()) {
  test(`no way of the page leads out, ${layers}`, async ({ app, world }) => {
    if (removed >= 1) {
      const devTools = await app.electron.context().newCDPSession(app.page);
      await devTools.send('Page.setBypassCSP', { enabled: true });
    }
    if (removed >= 2) {
      await app.electron.evaluate(({ session }) => session.defaultSession.webRequest.onBeforeRequest(null));
    }
    if (removed >= 3) {
      await app.electron.evaluate(({ session }) => session.defaultSession.setProxy({ mode: 'direct' }));
    }
    await app.page.reload();
    app.complaints.length = 0;
    expect(await attempts(app, world.port)).toEqual([]);
    expect(app.complaints.join('\n')).toContain(refusal);
    expect(world.visits).toBe(1);
    await app.close();
    app.complaints.length = 0; // They were asked for, and a busy machine tells of them late.
  });
}

test('WebRTC finds no address to speak from', async ({ userData }) => {
  // Chromium looks for its own address by connecting datagram sockets to public ones, without sending anything.
  await planting([], async () => {
    const app = await App.start(userData);
    const candidates = await app.page.evaluate(async () => {
      const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:stun.example.com:3478' }] });
      const found: string[] = [];
      connection.onicecandidate = ({ candidate }) => {
        if (candidate !== null && candidate.candidate !== '') found.push(candidate.candidate);
      };
      connection.createDataChannel('x');
      await connection.setLocalDescription(await connection.createOffer());
      await new Promise((resolve) => setTimeout(resolve, 1500));
      connection.close();
      return found;
    });
    await app.close();
    expect(candidates).toEqual([]);
  });
});

test('the main process has no network either, in Chromium or in Node', async ({ app, world }) => {
  const answers = await app.electron.evaluate(async ({ net, session }, port) => {
    const address = `http://127.0.0.1:${port}/`;
    const outcome = async (attempt: () => unknown) => {
      try {
        await attempt();
        return 'through';
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    const load: unknown = Reflect.get(Reflect.get(process, 'mainModule') as object, 'require');
    const node = (name: string) =>
      Reflect.apply(load as () => unknown, null, [name]) as Record<string, () => unknown>;
    const call = (name: string, member: string, ...args: unknown[]) =>
      outcome(() => Reflect.apply(node(name)[member] ?? (() => {}), null, args));
    const fresh = session.fromPartition('a session made later');
    return {
      'net.fetch': await outcome(() => net.fetch(address)),
      'net.fetch, another session': await outcome(() => fresh.fetch(address)),
      'net.resolveHost': await outcome(() => net.resolveHost('example.com')),
      fetch: await outcome(() => fetch(address)),
      'http.get': await call('http', 'get', address),
      'net.connect': await call('net', 'connect', port),
      'dns.lookup': await call('dns', 'lookup', 'localhost', () => {}),
      'dgram.createSocket': await call('dgram', 'createSocket', 'udp4'),
    };
  }, world.port);
  const refused = (door: string) => expect.stringContaining(`(${door}) and was refused`);
  expect(answers).toEqual({
    'net.fetch': expect.stringContaining('ERR_BLOCKED_BY_CLIENT'),
    'net.fetch, another session': expect.stringContaining('ERR_BLOCKED_BY_CLIENT'),
    'net.resolveHost': expect.stringContaining('ERR_NAME_NOT_RESOLVED'),
    fetch: refused('globalThis.fetch'),
    'http.get': refused('http.get'),
    'net.connect': refused('net.connect'),
    'dns.lookup': refused('dns.lookup'),
    'dgram.createSocket': refused('dgram.createSocket'),
  });
  expect(world.visits).toBe(1);
});
