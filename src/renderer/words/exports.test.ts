import { expect, it } from 'vitest';
import { planOf } from '../../../test/renderer/fake-exports.ts';
import { trained } from '../../../test/renderer/fake-data.ts';
import { checkRecipient } from '../../shared/age-recipient.ts';
import { m } from '../../shared/messages/messages.js';
import { planWarnings } from './exports.ts';
import { recipientProblem } from './recipients.ts';

it('warns of real rows first, and of everything once', () => {
  const project = trained();
  const plan = planOf({ projectId: 'p1', name: 'x.csv', format: 'csv', rows: 100, seed: 1 }, project);
  const real = m.notes_real_rows({ real: '10', all: '100', share: '10', mark: 'synthetic' });
  const warned = { ...plan, realRows: 10, warnings: [real, 'Something.', 'Something.'] };
  expect(planWarnings(warned, project)).toEqual([
    { message: real, risk: true },
    { message: 'Something.', risk: false },
  ]);
  expect(planWarnings({ ...warned, realRows: 0, warnings: ['Something.'] }, project)).toEqual([
    { message: 'Something.', risk: false },
  ]);
});

it('says what is wrong with a key without quoting it', () => {
  const secret = 'AGE-SECRET-KEY-1QYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGP';
  for (const typed of [secret, 'ssh-ed25519 AAAA', 'age1pq1xyz', 'age1short', 'hello', '']) {
    const checked = checkRecipient(typed);
    if (checked.ok) throw new Error('it should be refused');
    const said = recipientProblem(checked.problem);
    expect(said).not.toBe('');
    if (typed.length > 5) expect(said).not.toContain(typed);
  }
});
