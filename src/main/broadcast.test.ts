import { describe, expect, it, vi } from 'vitest';
import { broadcast, relay } from './broadcast.ts';

const report = vi.fn();

describe('relay', () => {
  it('sends a sound event to every window, without what the contract does not name', () => {
    const [one, two] = [{ send: vi.fn() }, { send: vi.fn() }];
    relay([one, two], 'project.changed', { projectId: 'p', path: '/home/ada' }, report);
    for (const { send } of [one, two])
      expect(send.mock.calls).toEqual([['project.changed', { projectId: 'p' }]]);
  });

  it('drops an event that is unknown or unsound, and reports it without its content', () => {
    const told = vi.fn();
    const window = { send: vi.fn() };
    relay([window], 'secret event', {}, told);
    relay([window], 'toString', {}, told);
    relay([window], 'project.changed', { projectId: ['secret value'] }, told);
    expect(window.send).not.toHaveBeenCalled();
    expect(told).toHaveBeenCalledTimes(3);
    expect(told).toHaveBeenLastCalledWith('The event project.changed breaks the contract at projectId.');
    expect(JSON.stringify(told.mock.calls)).not.toContain('secret');
  });
});

it('broadcast sends to every window', () => {
  const window = { send: vi.fn() };
  broadcast([window, window], 'app.command', 'openTable');
  expect(window.send.mock.calls).toEqual([
    ['app.command', 'openTable'],
    ['app.command', 'openTable'],
  ]);
});
