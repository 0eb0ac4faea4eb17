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
    import children from 'node:child_process'; import cluster from 'node:cluster';
    import threads, { Worker } from 'node:worker_threads'; import inspector from 'node:inspector';
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
      "new http.ClientRequest('http://127.0.0.1:9')",
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

  it('refuses to start what would have its network open', () => {
    const ways = [
      "spawn('true')",
      "children.exec('true')",
      "children.execFileSync('true')",
      "children.execSync('true')",
      "children.spawnSync('true')",
      "children.fork('x.mjs')",
      "new children.ChildProcess().spawn({ file: 'true' })",
      'cluster.fork()',
      "new Worker('0', { eval: true })",
      "new threads.Worker('0', { eval: true })",
      'class Thread extends Worker {}; new Thread("0", { eval: true })',
    ];
    expect(attempt(ways)).toEqual(Object.fromEntries(ways.map((way) => [way, 'request/forbidden'])));
  });

  it('gives out no inner parts of Node, and lets no debugger in', () => {
    const ways = ["process.binding('tcp_wrap')", 'inspector.open(0)'];
    expect(attempt(ways)).toEqual(Object.fromEntries(ways.map((way) => [way, 'request/forbidden'])));
    // The signal on which Node would open a port for one.
    const signal = `process.kill(process.pid, 'SIGUSR1'); new Promise((resolve) => setTimeout(resolve, 200)).then(() => { if (inspector.url() !== undefined) throw new Error('open'); })`;
    expect(attempt([signal])).toEqual({ [signal]: 'open' });
  });
});
