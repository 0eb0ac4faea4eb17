import { expect, it } from 'vitest';
import { readRecipients, withoutSecretKeys } from './recipients.ts';

// Of the test vectors of the format's specification.
const key = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj';

it('reads keys one or more a line, each once', () => {
  expect(readRecipients(`${key}\n\n  ${key.toUpperCase()} , ${key}\n`)).toEqual({
    recipients: [key],
    problems: [],
  });
});

it('takes a whole file of age-keygen, and says that it holds a secret key', () => {
  const file = `# created: 2026-01-01\n# public key: ${key}\nAGE-SECRET-KEY-1QQQQ`;
  const { recipients, problems } = readRecipients(file);
  expect(recipients).toEqual([key]);
  expect(problems).toEqual([{ line: 3, problem: { kind: 'secret-key' } }]);
  expect(readRecipients(withoutSecretKeys(file))).toEqual({ recipients: [key], problems: [] });
});

it('says what is wrong, and where', () => {
  const wrong = readRecipients(`${key}\nssh-ed25519 AAAA someone@example.org\n${key.slice(0, -1)}\nhello`);
  expect(wrong.problems.map(({ line, problem }) => [line, problem.kind])).toEqual([
    [2, 'ssh'],
    [3, 'length'],
    [4, 'not-age'],
  ]);
});
