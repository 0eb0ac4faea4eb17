import { expect, it, vi } from 'vitest';
import { endAfter } from './last-words.ts';

it('ends with words for a person, and keeps what the error says out of them and of the log', () => {
  const [showErrorBox, exit, report] = [vi.fn(), vi.fn(), vi.fn()];
  endAfter(new TypeError('cannot read "4111 1111"'), { showErrorBox }, { exit }, report);
  expect(showErrorBox).toHaveBeenCalledWith('Semblance has to close', expect.stringContaining('untouched'));
  expect(exit).toHaveBeenCalledWith(1);
  expect(report).toHaveBeenCalledWith(
    expect.stringMatching(/^Main has failed: TypeError at .*last-words\.test\.ts/),
  );
  expect(JSON.stringify([showErrorBox.mock.calls, report.mock.calls])).not.toContain('4111');
});
