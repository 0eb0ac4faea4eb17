import { expect, it } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-api.ts';
import { project } from '../../../test/renderer/fake-data.ts';
import { Client } from './client.ts';
import { RulesForm } from './rules-form.svelte.ts';

function setUp() {
  let given = project();
  const client = new Client(new FakeEngine({ projects: [given], jobs: [], still: true, delay: 5 }));
  const form = new RulesForm(
    client,
    () => given,
    (changed) => {
      given = changed;
    },
  );
  return { form, own: () => given.rules.filter(({ origin }) => origin === 'own') };
}

it('what is asked while a change is on its way is done in its turn', async () => {
  const { form, own } = setUp();
  form.text = 'a < b';
  const first = form.add();
  form.text = 'b < c';
  const second = form.add();
  const third = form.toggle('a < b', false);
  await Promise.all([first, second, third]);
  expect(own().map(({ text, on }) => [text, on])).toEqual([
    ['a < b', false],
    ['b < c', true],
  ]);
  expect(form.text).toBe('');
});

it('what is typed while a rule is being added stays in the field', async () => {
  const { form, own } = setUp();
  form.text = 'a < b';
  const added = form.add();
  form.text = 'b <';
  await added;
  expect(form.text).toBe('b <');
  expect(own()).toHaveLength(1);
});

it('a refused rule stays in its field, and the next one is asked all the same', async () => {
  const { form, own } = setUp();
  form.text = '??';
  const refused = form.add();
  const removed = form.remove('never written');
  await refused;
  expect(form.error?.code).toBe('rule/invalid');
  expect(form.text).toBe('??');
  expect(await removed).toBeNull();
  form.text = 'a < b';
  await form.add();
  expect(form.error).toBeNull();
  expect(own()).toHaveLength(1);
});
