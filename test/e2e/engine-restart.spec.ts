/** The engine is a process of its own: when it dies, the app says so, starts it again and goes on. */
import type { EventPayload } from '../../src/shared/contract.ts';
import { App } from './app.ts';
import { engineOf } from './engine-of.ts';
import { expect, test } from './test.ts';

type EngineState = EventPayload<'engine.state'>;

async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** From now on keeps every state the page hears of. */
async function listen(app: App): Promise<() => Promise<EngineState[]>> {
  const heard = await app.page.evaluateHandle(() => {
    const states: EngineState[] = [];
    window.semblance.on('engine.state', (state) => states.push(state));
    return states;
  });
  return () => heard.jsonValue();
}

/** Waits until the engine answers. */
async function ready(app: App): Promise<void> {
  const reply = await app.page.evaluate(() => window.semblance.call('store.state'));
  expect(reply.ok).toBe(true);
}

async function kill(app: App): Promise<void> {
  await expect.poll(() => engineOf(app)).toBeDefined();
  const pid = await engineOf(app);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

test('a dead engine is announced and started again, and the next call works', async ({ app }) => {
  await ready(app);
  const states = await listen(app);
  const first = await engineOf(app);
  await kill(app);
  await expect.poll(async () => (await states()).map(({ state }) => state)).toEqual(['restarting', 'ready']);
  expect((await states())[0]?.message).toContain('started again');
  await ready(app);
  expect(await engineOf(app)).not.toBe(first);
});

test('a call that was under way is answered, and one made meanwhile waits for the new engine', async ({
  app,
}) => {
  await ready(app);
  const pid = await engineOf(app);
  if (pid === undefined) throw new Error('There is no engine.');
  // Stopped, it takes the call and cannot answer it.
  process.kill(pid, 'SIGSTOP');
  const states = await listen(app);
  const underWay = app.page.evaluate(() => window.semblance.call('store.state'));
  await app.page.evaluate(() => window.semblance.call('app.info'));
  process.kill(pid, 'SIGKILL');
  expect(await underWay).toMatchObject({ ok: false, error: { code: 'engine/stopped' } });
  await expect.poll(async () => (await states()).map(({ state }) => state)).toContain('restarting');
  await ready(app);
});

test('an engine that dies three times within a minute is given up, in plain words', async ({ app }) => {
  await ready(app);
  const states = await listen(app);
  for (let death = 1; death <= 3; death++) {
    await kill(app);
    await expect
      .poll(
        async () =>
          (await states()).filter(({ state }) => state === 'restarting' || state === 'failed').length,
      )
      .toBe(death);
    if (death < 3) await ready(app);
  }
  expect((await states()).at(-1)).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('three times within a minute'),
  });
  const reply = await app.page.evaluate(() => window.semblance.call('store.state'));
  expect(reply).toMatchObject({ ok: false, error: { code: 'engine/stopped' } });
  const info = await app.page.evaluate(() => window.semblance.call('app.info'));
  expect(info.ok).toBe(true);
});

test('a window that loads later hears how the engine is', async ({ app }) => {
  await ready(app);
  await app.page.addInitScript(() => {
    const states: unknown[] = [];
    Object.assign(window, { states });
    window.semblance.on('engine.state', (state) => states.push(state));
  });
  await app.page.reload();
  await expect
    .poll(() => app.page.evaluate(() => JSON.stringify(Reflect.get(window, 'states'))))
    .toContain('"ready"');
});

test('closing the app ends the engine', async ({ userData }) => {
  const app = await App.start(userData);
  await app.openStore();
  await ready(app);
  const pid = await engineOf(app);
  if (pid === undefined) throw new Error('There is no engine.');
  await app.close();
  expect(await isRunning(pid)).toBe(false);
});

test('the engine does not outlive an app that was killed', async ({ userData }) => {
  const app = await App.start(userData);
  await app.openStore();
  await ready(app);
  const pid = await engineOf(app);
  if (pid === undefined) throw new Error('There is no engine.');
  const main = await app.electron.evaluate(() => process.pid);
  process.kill(main, 'SIGKILL');
  await expect.poll(() => isRunning(pid)).toBe(false);
});
