import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type ClosableSession, closeSession, mayRequest, networkSwitches } from './network-guard.ts';

const devServer = 'http://localhost:5173';

describe('mayRequest', () => {
  it('allows the files of the app and blobs of its page', () => {
    expect(mayRequest('app://semblance/index.html', undefined)).toBe(true);
    expect(mayRequest('blob:app://semblance/5d3f0b9e', undefined)).toBe(true);
  });

  it('cancels everything else', () => {
    for (const address of [
      'http://example.com/',
      'https://example.com/',
      'ws://example.com/',
      'wss://127.0.0.1/',
      'http://localhost:5173/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'data:text/html,x',
      'devtools://devtools/bundled/inspector.html',
      'chrome://gpu',
      'chrome-extension://abc/x.js',
      'app://other/index.html',
      'blob:https://example.com/5d3f0b9e',
      'blob:null/5d3f0b9e',
      'blob:blob:app://semblance/x',
      'about:blank',
      '',
    ]) {
      expect(mayRequest(address, undefined), address).toBe(false);
    }
  });

  it('cancels every web address', () => {
    fc.assert(fc.property(fc.webUrl(), (address) => !mayRequest(address, undefined)));
    fc.assert(fc.property(fc.webUrl(), (address) => !mayRequest(address, devServer)));
  });

  it('allows the development server and the tools, while there is one', () => {
    for (const address of [
      'http://localhost:5173/@vite/client',
      'ws://localhost:5173/?token=x',
      'devtools://devtools/bundled/inspector.html',
      'blob:http://localhost:5173/5d3f0b9e',
      'app://semblance/index.html',
    ]) {
      expect(mayRequest(address, devServer), address).toBe(true);
    }
    expect(mayRequest('http://localhost:5174/', devServer)).toBe(false);
    expect(mayRequest('https://example.com/', devServer)).toBe(false);
  });
});

describe('networkSwitches', () => {
  it('resolve no name at all', () => {
    expect(networkSwitches(undefined)).toContainEqual(['host-resolver-rules', 'MAP * ~NOTFOUND']);
  });

  it('resolve this machine in development', () => {
    const rules = new Map(networkSwitches(devServer).map(([name, value]) => [name, value]));
    expect(rules.get('host-resolver-rules')).toBe(
      'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
    );
  });
});

describe('closeSession', () => {
  it('filters requests, sets a dead proxy and turns the spell checker off', async () => {
    const onBeforeRequest = vi.fn<ClosableSession['webRequest']['onBeforeRequest']>();
    const session = {
      webRequest: { onBeforeRequest },
      setProxy: vi.fn().mockResolvedValue(undefined),
      setSpellCheckerEnabled: vi.fn(),
      setSpellCheckerDictionaryDownloadURL: vi.fn(),
    };
    await closeSession(session, undefined);

    const answer = vi.fn();
    for (const url of ['https://example.com', 'app://semblance/']) {
      Reflect.apply(onBeforeRequest.mock.lastCall?.[0] ?? vi.fn(), null, [{ url }, answer]);
    }
    expect(answer.mock.calls).toEqual([[{ cancel: true }], [{ cancel: false }]]);
    expect(session.setProxy).toHaveBeenCalledWith({
      mode: 'fixed_servers',
      proxyRules: 'http://127.0.0.1:1',
      proxyBypassRules: '<-loopback>',
    });
    expect(session.setSpellCheckerEnabled).toHaveBeenCalledWith(false);
  });
});
