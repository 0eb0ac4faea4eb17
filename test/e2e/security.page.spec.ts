/** What the page can reach: nothing but one frozen object, under a policy that runs only the app's own files. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentSecurityPolicy } from '../../src/main/content-security-policy.ts';
import { expect, test } from './test.ts';

test('the page sees one frozen object and no way round it', async ({ app }) => {
  const seen = await app.page.evaluate(() => {
    const { semblance } = window;
    const attempts: (() => unknown)[] = [
      () => Object.assign(semblance, { call: () => 'mine' }),
      () => Object.defineProperty(semblance, 'more', { value: 1 }),
      () => Object.defineProperty(window, 'semblance', { value: {} }),
      () => Object.assign(window, { semblance: {} }),
    ];
    const refused = attempts.map((attempt) => {
      try {
        attempt();
        return false;
      } catch {
        return true;
      }
    });
    const names = [
      'require',
      'module',
      'exports',
      'process',
      'Buffer',
      'global',
      'setImmediate',
      '__dirname',
      '__filename',
    ];
    return {
      keys: Object.keys(semblance).sort(),
      frozen: Object.isFrozen(semblance),
      same: window.semblance === semblance,
      refused,
      node: names.filter((name) => name in window),
      opener: window.opener as unknown,
    };
  });
  expect(seen).toEqual({
    keys: ['call', 'on', 'pathOf'],
    frozen: true,
    same: true,
    refused: [true, true, true, true],
    node: [],
    opener: null,
  });
});

test('only the channels and events of the contract pass', async ({ app }) => {
  const codes = await app.page.evaluate(async () => {
    const answers: string[] = [];
    for (const channel of ['app.quit', 'ELECTRON_BROWSER_SANDBOX_LOAD', 'toString', '__proto__', '']) {
      const reply: unknown = await Reflect.apply(window.semblance.call, null, [channel, {}]);
      answers.push(JSON.stringify(reply).includes('"request/invalid"') ? 'refused' : JSON.stringify(reply));
    }
    for (const input of [{ path: 7 }, { path: '' }, 'text', undefined, { path: ['/etc'] }]) {
      const reply: unknown = await Reflect.apply(window.semblance.call, null, ['app.reveal', input]);
      answers.push(JSON.stringify(reply).includes('"request/invalid"') ? 'refused' : JSON.stringify(reply));
    }
    const unsubscribe: unknown = Reflect.apply(window.semblance.on, null, ['ipc-message', () => {}]);
    answers.push(typeof unsubscribe);
    return answers;
  });
  expect(codes).toEqual([...Array<string>(10).fill('refused'), 'function']);
});

test('every file comes with the content security policy, and the policy is in force', async ({ app }) => {
  const found = await app.page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const page = await fetch(location.href);
    const missing = await fetch('/missing.js');
    let evaluated = false;
    try {
      evaluated = Reflect.apply(Reflect.construct(Function, ['return true']) as () => boolean, null, []);
    } catch {
      // As it should be.
    }
    const script = document.createElement('script');
    script.textContent = 'document.title = "inline"';
    document.body.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    document.body.append(style);
    const image = document.createElement('img');
    image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
    document.body.append(image);
    const frame = document.createElement('iframe');
    frame.src = location.href;
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const hidden = getComputedStyle(document.body).display === 'none';
    return {
      header: page.headers.get('content-security-policy'),
      headerOfMissing: missing.headers.get('content-security-policy'),
      status: missing.status,
      evaluated,
      inline: document.title === 'inline',
      hidden,
      violations: [...new Set(violations)].sort(),
    };
  });
  app.complaints.length = 0; // The violations above were asked for.
  expect(found).toEqual({
    header: contentSecurityPolicy,
    headerOfMissing: contentSecurityPolicy,
    status: 404,
    evaluated: false,
    inline: false,
    hidden: false,
    violations: ['frame-src', 'img-src', 'script-src', 'script-src-elem', 'style-src-elem'],
  });
});

test('the app: protocol serves nothing outside the renderer', async ({ app }) => {
  const statuses = await app.page.evaluate(async () => {
    const answers: Record<string, number | string> = {};
    for (const path of [
      '/../main/index.cjs',
      '/%2e%2e/main/index.cjs',
      '/..%2fmain/index.cjs',
      '/..%2f..%2fpackage.json',
      '/..%5c..%5cpackage.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '//etc/passwd',
    ]) {
      answers[path] = await fetch(`app://semblance${path}`).then(
        (response) => response.status,
        () => 'refused',
      );
    }
    for (const address of ['app://other/index.html', 'file:///etc/passwd']) {
      answers[address] = await fetch(address).then(
        (response) => response.status,
        () => 'refused',
      );
    }
    const posted = await fetch('/index.html', { method: 'POST' });
    return { ...answers, POST: posted.status };
  });
  app.complaints.length = 0; // The refusals above were asked for.
  expect(statuses).toEqual({
    '/../main/index.cjs': 404,
    '/%2e%2e/main/index.cjs': 404,
    '/..%2fmain/index.cjs': 404,
    '/..%2f..%2fpackage.json': 404,
    '/..%5c..%5cpackage.json': 404,
    '/assets/..%2f..%2f..%2fpackage.json': 404,
    '//etc/passwd': 404,
    'app://other/index.html': 'refused',
    'file:///etc/passwd': 'refused',
    POST: 405,
  });
});

test('the page can neither go anywhere nor open anything', async ({ app }) => {
  const before = app.page.url();
  const opened = await app.page.evaluate(async () => {
    const wait = () => new Promise((resolve) => setTimeout(resolve, 200));
    const click = (attributes: Record<string, string>) => {
      const link = document.createElement('a');
      for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
      document.body.append(link);
      link.click();
      link.remove();
    };
    const window_ = window.open('https://example.com');
    const blank = window.open('about:blank');
    click({ href: 'https://example.com', target: '_blank' });
    click({ href: 'https://example.com' });
    await wait();
    click({ href: URL.createObjectURL(new Blob(['x'])), download: 'x.txt' });
    location.href = 'https://example.com';
    await wait();
    location.assign('app://semblance/index.html?elsewhere');
    await wait();
    const form = document.createElement('form');
    form.action = 'https://example.com';
    document.body.append(form);
    form.submit();
    await wait();
    const webview = document.createElement('webview');
    webview.setAttribute('src', 'https://example.com');
    document.body.append(webview);
    await wait();
    return { windows: [window_, blank], webview: 'getWebContentsId' in webview };
  });
  app.complaints.length = 0; // The refusals above were asked for.
  expect(opened).toEqual({ windows: [null, null], webview: false });
  expect(app.page.url()).toBe(before);
  const contents = await app.electron.evaluate(({ webContents }) => webContents.getAllWebContents().length);
  expect(contents).toBe(1);
});

test('the page is granted no permission', async ({ app }) => {
  const answers = await app.page.evaluate(async () => {
    const states: Record<string, string> = {};
    for (const name of [
      'camera',
      'microphone',
      'geolocation',
      'notifications',
      'midi',
      'clipboard-read',
    ] as PermissionName[]) {
      states[name] = await navigator.permissions.query({ name }).then(
        (status) => status.state,
        () => 'refused',
      );
    }
    const outcome = (promise: Promise<unknown>) =>
      promise.then(
        () => 'granted',
        () => 'refused',
      );
    return {
      states,
      media: await outcome(navigator.mediaDevices.getUserMedia({ audio: true })),
      screen: await outcome(navigator.mediaDevices.getDisplayMedia()),
      clipboard: await outcome(navigator.clipboard.readText()),
      place: await outcome(
        new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      ),
      notification: await Notification.requestPermission(),
    };
  });
  app.complaints.length = 0; // The refusals above were asked for.
  for (const [name, state] of Object.entries(answers.states)) {
    expect(['denied', 'refused'], name).toContain(state);
  }
  expect(answers).toMatchObject({
    media: 'refused',
    screen: 'refused',
    clipboard: 'refused',
    place: 'refused',
    notification: 'denied',
  });
});

test('a page that is not the app’s own gets no answer', async ({ app }) => {
  const reply = await app.electron.evaluate(
    async ({ BrowserWindow }, preload) => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      await foreign.loadURL('about:blank');
      const answer: unknown = await foreign.webContents.executeJavaScript('semblance.call("app.info")');
      foreign.destroy();
      return answer;
    },
    join(import.meta.dirname, '../../out/preload/index.cjs'),
  );
  expect(reply).toMatchObject({ ok: false, error: { code: 'request/forbidden' } });
});

test('files are written and shown only where the user has pointed', async ({ app, userData }) => {
  const call = (path: string) =>
    app.page.evaluate(async (path) => {
      const generate = await window.semblance.call('jobs.generate', {
        projectId: 'none',
        path,
        format: 'csv',
        rows: 1,
        seed: 0,
      });
      const reveal = await window.semblance.call('app.reveal', { path });
      return [generate.ok ? 'ok' : generate.error.code, reveal.ok ? 'ok' : reveal.error.code];
    }, path);
  const shown = app.electron.evaluate(({ shell }) => {
    shell.showItemInFolder = () => {};
  });
  await shown;
  const chosen = join(userData, 'synthetic.csv');
  expect(await call(chosen)).toEqual(['request/forbidden', 'request/forbidden']);

  await app.answerSaveDialogs(chosen);
  await app.page.evaluate(() =>
    window.semblance.call('app.chooseTarget', { suggestedName: 'synthetic.csv', format: 'csv' }),
  );
  expect(await call(chosen)).toEqual(['project/not-found', 'ok']);
  expect(await call(join(userData, 'window.json'))).toEqual(['request/forbidden', 'request/forbidden']);
});

test('the path of a dropped file is known, that of a made-up one is not', async ({ app, userData }) => {
  const file = join(userData, 'clients.csv');
  await writeFile(file, 'a,b\n1,2\n');
  await app.page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'for-the-test';
    document.body.append(input);
  });
  await app.page.locator('#for-the-test').setInputFiles(file);
  const paths = await app.page.evaluate(() => {
    const input = document.getElementById('for-the-test');
    const chosen = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
    return [chosen, new File(['x'], 'clients.csv'), { path: '/etc/passwd' }, null].map((thing) =>
      window.semblance.pathOf(thing),
    );
  });
  expect(paths).toEqual([file, '', '', '']);
});
