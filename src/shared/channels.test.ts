import { describe, expect, it } from 'vitest';
import { isChannel, isEventName } from './channels.ts';
import { contract, events } from './contract.ts';

describe('the names of the contract', () => {
  it('cover every channel and every event', () => {
    for (const channel of Object.keys(contract)) expect(isChannel(channel), channel).toBe(true);
    for (const event of Object.keys(events)) expect(isEventName(event), event).toBe(true);
  });

  it('cover nothing else, not even what every object inherits', () => {
    for (const name of [
      '',
      'app',
      'app.quit',
      'toString',
      '__proto__',
      'constructor',
      null,
      7,
      ['app.info'],
    ]) {
      expect(isChannel(name)).toBe(false);
      expect(isEventName(name)).toBe(false);
    }
  });
});
