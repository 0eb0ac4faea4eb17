/** The parts around the page: menu, theme, the window's place, one instance. */
import { spawn } from 'node:child_process';
import { App } from './app.ts';
import { expect, test } from './test.ts';

test('the menu tells the page what was chosen', async ({ app }) => {
  await app.page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    window.semblance.on('app.command', (command) => heard.push(command));
  });
  await app.electron.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find((item) => item.label === '&File');
    file?.submenu?.items.find((item) => item.accelerator === 'CmdOrCtrl+Shift+P')?.click();
  });
  await expect
    .poll(() => app.page.evaluate(() => JSON.stringify(Reflect.get(window, 'heard'))))
    .toBe('["showProjects"]');
});

test('theme and place of the window are remembered', async ({ app, startAgain }) => {
  await app.page.evaluate(() => window.semblance.call('app.setTheme', 'dark'));
  expect(await app.electron.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 40, width: 1024, height: 700 }),
  );
  await app.close();

  const again = await startAgain();
  await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(again.page.getByRole('button', { name: 'Appearance: Dark' })).toBeVisible();
  const found = await again.electron.evaluate(({ BrowserWindow, nativeTheme }) => ({
    bounds: BrowserWindow.getAllWindows()[0]?.getBounds(),
    least: BrowserWindow.getAllWindows()[0]?.getMinimumSize(),
    theme: nativeTheme.themeSource,
  }));
  expect(found).toEqual({
    bounds: expect.objectContaining({ width: 1024, height: 700 }),
    least: [900, 600],
    theme: 'dark',
  });
});

test('a second start gives way to the first', async ({ app }) => {
  const [executable, ...args] = app.electron.process().spawnargs;
  if (executable === undefined) throw new Error('It is not known how the app was started.');
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const second = spawn(executable, args, { cwd: process.cwd(), stdio: 'ignore' });
  const code = await new Promise((resolve) => second.on('exit', resolve));
  expect(code).toBe(0);
  await expect
    .poll(() => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()))
    .toBe(false);
});

test('the app says what it runs on', async ({ app }) => {
  const info = await app.page.evaluate(() => window.semblance.call('app.info'));
  const electron = await app.electron.evaluate(() => process.versions.electron);
  expect(info).toEqual({
    ok: true,
    value: {
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      runtime: expect.stringContaining(`Electron ${electron}`),
      platform: process.platform,
      theme: 'system',
      language: 'system',
      locale: 'en',
    },
  });
});

test('an app whose window is gone ends', async ({ userData }) => {
  const app = await App.start(userData);
  const ended = new Promise((resolve) => app.electron.process().once('exit', resolve));
  await app.page.evaluate(() => window.close()).catch(() => {});
  await ended;
});
