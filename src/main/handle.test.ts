import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../shared/errors.ts';
import { answerCall, handle, type CallEvent, type Trust } from './handle.ts';
import { appOrigin } from './page-origin.ts';

const trust: Trust = { origin: appOrigin, isOwnWindow: (id) => id === 1 };
const page: CallEvent = {
  sender: { id: 1 },
  senderFrame: { url: 'app://semblance/index.html', parent: null },
};
const report = vi.fn();

const target = { suggestedName: 'clients.csv', format: 'csv' };

describe('answerCall', () => {
  it('hands a checked input over and a checked output back', async () => {
    const answer = vi.fn(() => '/home/ada/clients.csv');
    const input = { ...target, extra: 'dropped' };
    expect(await answerCall('app.chooseTarget', page, input, trust, answer, report)).toEqual({
      ok: true,
      value: '/home/ada/clients.csv',
    });
    expect(answer).toHaveBeenCalledWith(target);
  });

  it.each<[string, CallEvent]>([
    ['another window', { ...page, sender: { id: 2 } }],
    ['a frame within the page', { ...page, senderFrame: { url: 'app://semblance/index.html', parent: {} } }],
    ['a frame that is gone', { ...page, senderFrame: null }],
    ['another origin', { ...page, senderFrame: { url: 'https://example.com/', parent: null } }],
    ['another host of the scheme', { ...page, senderFrame: { url: 'app://other/index.html', parent: null } }],
    ['a file', { ...page, senderFrame: { url: 'file:///index.html', parent: null } }],
    ['a page without an address', { ...page, senderFrame: { url: '', parent: null } }],
  ])('refuses %s', async (_who, event) => {
    const answer = vi.fn();
    const reply = await answerCall('app.info', event, undefined, trust, answer, report);
    expect(reply).toMatchObject({ ok: false, error: { code: 'request/forbidden' } });
    expect(answer).not.toHaveBeenCalled();
  });

  it('refuses an input that breaks its schema, naming the place and not the value', async () => {
    const answer = vi.fn();
    const reply = await answerCall(
      'app.chooseTarget',
      page,
      { ...target, format: 'secret value' },
      trust,
      answer,
      report,
    );
    expect(reply).toMatchObject({ ok: false, error: { code: 'request/invalid' } });
    expect(JSON.stringify(reply)).toContain('format');
    expect(JSON.stringify(reply)).not.toContain('secret value');
    expect(answer).not.toHaveBeenCalled();
    expect(await answerCall('app.info', page, { unasked: 1 }, trust, answer, report)).toMatchObject({
      ok: false,
      error: { code: 'request/invalid' },
    });
  });

  it('passes on an error meant for people', async () => {
    const answer = () =>
      Promise.reject(new AppError('source/empty', 'The file is empty.', 'Choose another.'));
    expect(await answerCall('projects.list', page, undefined, trust, answer, report)).toEqual({
      ok: false,
      error: { code: 'source/empty', message: 'The file is empty.', fix: 'Choose another.' },
    });
  });

  it('keeps the text of any other error to itself', async () => {
    const told = vi.fn();
    const answer = () => {
      throw new TypeError('cannot read "4111 1111 1111 1111"');
    };
    const reply = await answerCall('projects.list', page, undefined, trust, answer, told);
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify([reply, told.mock.calls])).not.toContain('4111');
    expect(told).toHaveBeenCalledWith('projects.list failed unexpectedly: TypeError.');
  });

  it('lets out nothing that the contract does not name', async () => {
    const told = vi.fn();
    const shown = {
      version: '1',
      runtime: 'r',
      platform: 'linux',
      theme: 'dark',
      language: 'system',
      locale: 'en',
    };
    const info = { ...shown, token: 'hidden' };
    expect(await answerCall('app.info', page, undefined, trust, () => info, told)).toEqual({
      ok: true,
      value: shown,
    });
    const wrong = { ...info, version: 'hidden', runtime: 7 };
    const reply = await answerCall('app.info', page, undefined, trust, () => wrong, told);
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(told).toHaveBeenCalledWith('The answer to app.info breaks the contract at runtime.');
    expect(JSON.stringify(reply)).not.toContain('hidden');
  });
});

describe('handle', () => {
  it('registers the checked answer under the name of the channel', async () => {
    const register = vi.fn<(channel: string, listener: (...call: never[]) => unknown) => void>();
    handle({ handle: register }, 'app.chooseModel', trust, () => null, report);
    const [channel, listener] = register.mock.lastCall ?? [];
    expect(channel).toBe('app.chooseModel');
    expect(await Reflect.apply(listener ?? vi.fn(), null, [page])).toEqual({ ok: true, value: null });
  });
});
