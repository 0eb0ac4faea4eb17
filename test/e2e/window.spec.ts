import { expect, test } from './test.ts';

test('opens one window with a title and the typed bridge, and no Node in the page', async ({ app }) => {
  expect(app.electron.windows()).toHaveLength(1);
  await expect(app.page).toHaveTitle(/Semblance/);

  const page = await app.page.evaluate(() => ({
    bridge: Object.keys(Reflect.get(window, 'semblance') as object).sort(),
    node: ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron'].filter(
      (name) => name in window,
    ),
    protocol: location.protocol,
  }));
  expect(page.bridge).toEqual(['call', 'on', 'pathOf']);
  expect(page.node).toEqual([]);
  expect(page.protocol).toBe('app:');
  await app.screenshot('first-window');
});
