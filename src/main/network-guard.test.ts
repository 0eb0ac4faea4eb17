import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type ClosableSession, closeSession, mayRequest, silenceChromium } from './network-guard.ts';

describe('mayRequest', () => {
  it('allows the files of the app and blobs of its page', () => {
    expect(mayRequest('app://semblance/index.html', false)).toBe(true);
    expect(mayRequest('blob:app://semblance/5d3f0b9e', false)).toBe(true);
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
      expect(mayRequest(address, false), address).toBe(false);
    }
  });

  it('cancels every web address', () => {
    fc.assert(fc.property(fc.webUrl(), (address) => !mayRequest(address, false)));
  });

  it('allows the developer tools where they are allowed', () => {
    expect(mayRequest('devtools://devtools/bundled/inspector.html', true)).toBe(true);
    expect(mayRequest('https://example.com/devtools://', true)).toBe(false);
  });
});

it('silences Chromium before it starts, and WebRTC in every page', () => {
  const switches = new Map<string, string | undefined>();
  const app = Object.assign(new EventEmitter(), {
    commandLine: { appendSwitch: (name: string, value?: string) => void switches.set(name, value) },
  });
  silenceChromium(app);
  expect(switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
  expect([...switches.keys()]).toContain('disable-background-networking');
  expect(switches.get('proxy-server')).toBe('http://127.0.0.1:1');
  expect(switches.get('proxy-bypass-list')).toBe('<-loopback>');

  const setWebRTCIPHandlingPolicy = vi.fn();
  app.emit('web-contents-created', {}, { setWebRTCIPHandlingPolicy });
  expect(setWebRTCIPHandlingPolicy).toHaveBeenCalledWith('disable_non_proxied_udp');
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
    await closeSession(session, false);

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
    expect(session.setSpellCheckerDictionaryDownloadURL).toHaveBeenCalledWith(
      expect.stringMatching(/^https:\/\/[a-z]+\.invalid\/$/),
    );
  });
});
