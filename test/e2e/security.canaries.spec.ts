/**
 * Everything these tests start runs under strace, which sees what no guard in JavaScript can: native code. That
 * nothing was tried means little unless a try would have been seen. So here an app without its guards tries, in each
 * kind of process; scripts/e2e/run.ts, which reads what strace has seen, has to find just these tries.
 */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App } from './app.ts';
import { planting, watched } from './planting.ts';
import { expect, test } from './test.ts';

/** Addresses for documentation (RFC 5737): they belong to nobody. */
const [toMain, toEngine, toPage] = ['192.0.2.1', '198.51.100.1', '203.0.113.1'] as const;

test('a try to reach another machine is seen, from main, from the engine and from a page', async ({
  userData,
}) => {
  test.skip(!watched, 'nobody is watching here: see what scripts/e2e/run.ts has printed');
  const node = join(userData, 'node');
  const preload = join(import.meta.dirname, 'canaries-engine.mjs');
  await writeFile(node, `#!/bin/sh\nexec '${process.env.SEMBLANCE_NODE}' --import '${preload}' "$@"\n`);
  await chmod(node, 0o755);
  const env = { SEMBLANCE_NODE: node, SEMBLANCE_CANARIES: `${toMain} ${toEngine}` };

  await planting([toMain, toEngine, toPage], async () => {
    const app = await App.start(userData, env, [join(import.meta.dirname, 'canaries.cjs')]);
    const reply = await app.page.evaluate(() => window.semblance.call('store.state'));
    expect(reply.ok).toBe(true);
    const devTools = await app.electron.context().newCDPSession(app.page);
    await devTools.send('Page.setBypassCSP', { enabled: true });
    await app.electron.evaluate(async ({ session }) => {
      session.defaultSession.webRequest.onBeforeRequest(null);
      await session.defaultSession.setProxy({ mode: 'direct' });
    });
    await app.page.reload();
    const outcome = await app.page.evaluate(
      (address) =>
        fetch(address, { signal: AbortSignal.timeout(2000) }).then(
          () => 'through',
          () => 'nobody there',
        ),
      `http://${toPage}/`,
    );
    expect(outcome).toBe('nobody there');
    await app.close();
  });
});
