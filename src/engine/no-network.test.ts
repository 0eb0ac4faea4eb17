import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Tries each expression in a fresh Node process that has closed its network; returns what it answered. */
function attempt(expressions: readonly string[]): Record<string, string> {
  const guard = JSON.stringify(resolve(import.meta.dirname, 'no-network.ts'));
  // The imports by name come first: they must see the closed doors all the same.
  const script = `
    import * as byName from 'node:net';
    import net from 'node:net'; import tls from 'node:tls'; import dns from 'node:dns'; import dgram from 'node:dgram';
    import http from 'node:http'; import https from 'node:https'; import http2 from 'node:http2';
    import { spawn } from 'node:child_process';
    import { Worker } from 'node:worker_threads';
    await import(${guard});
    const answers = {};
    for (const expression of ${JSON.stringify(expressions)}) {
      try { await eval(expression); answers[expression] = 'open'; }
      catch (error) { answers[expression] = String(error.code ?? error); }
    }
    console.log(JSON.stringify(answers));
    process.exit();`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const answers: unknown = JSON.parse(stdout);
  return Object.fromEntries(Object.entries(answers ?? {}).map(([key, value]) => [key, String(value)]));
}

describe('a process that has closed its network', () => {
  it('refuses every way out and every way in', () => {
    const ways = [
      "fetch('http://127.0.0.1:9')",
      "new WebSocket('ws://127.0.0.1:9')",
      "net.connect(9, '127.0.0.1')",
      "byName.connect(9, '127.0.0.1')",
      "new net.Socket().connect(9, '127.0.0.1')",
      "net.connect('/tmp/some.socket')",
      'net.createServer()',
      'new net.Server().listen(0)',
      "tls.connect(9, '127.0.0.1')",
      "http.get('http://127.0.0.1:9')",
      'new http.Agent().createConnection({ port: 9 })',
      'new http.Server().listen(0)',
      "https.request('https://127.0.0.1:9')",
      "http2.connect('http://127.0.0.1:9')",
      "dgram.createSocket('udp4')",
      "new dgram.Socket('udp4').send('x', 9, '127.0.0.1')",
      "dns.lookup('localhost', () => {})",
      "dns.promises.resolve4('localhost')",
      "new dns.promises.Resolver().resolveTxt('localhost')",
      "new dns.Resolver().resolve('localhost', () => {})",
    ];
    expect(attempt(ways)).toEqual(Object.fromEntries(ways.map((way) => [way, 'request/forbidden'])));
  });

  it('still talks to child processes and worker threads', () => {
    const ways = [
      `new Promise((done, fail) => new Worker("import('node:worker_threads').then((w) => w.parentPort.postMessage(1))", { eval: true }).on('message', done).on('error', fail))`,
      `new Promise((done, fail) => spawn(process.execPath, ['-e', 'process.send(1)'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }).on('message', done).on('error', fail))`,
    ];
    expect(attempt(ways)).toEqual(Object.fromEntries(ways.map((way) => [way, 'open'])));
  });
});
