import { expect, it } from 'vitest';
import { webPreferences } from './web-preferences.ts';

it('isolates and sandboxes the page and gives it no Node', () => {
  expect(webPreferences('/out/preload/index.cjs', false)).toMatchInlineSnapshot(`
    {
      "allowRunningInsecureContent": false,
      "contextIsolation": true,
      "devTools": false,
      "experimentalFeatures": false,
      "navigateOnDragDrop": false,
      "nodeIntegration": false,
      "nodeIntegrationInSubFrames": false,
      "nodeIntegrationInWorker": false,
      "preload": "/out/preload/index.cjs",
      "sandbox": true,
      "spellcheck": false,
      "webSecurity": true,
      "webviewTag": false,
    }
  `);
});
