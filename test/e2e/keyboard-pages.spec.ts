/** Rules, conditions, protected files, jobs, devices, what is stored and the project itself, without a mouse. */
import { join } from 'node:path';
import { Keyboard } from './keyboard.ts';
import { writePeople } from './people-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('rules, conditions, files, jobs, devices, stored things and the project by keyboard alone', async ({
  app,
  userData,
}) => {
  test.setTimeout(300_000);
  const bench = new Workbench(app);
  const { page } = app;
  const keys = new Keyboard(page);
  const press = keys.press.bind(keys);
  const tabTo = keys.tabTo.bind(keys);
  const enter = keys.enter.bind(keys);

  await app.answerOpenDialogs([await writePeople(userData)]);
  await expect(bench.heading('Drop a table or DICOM files here')).toBeVisible();
  await press('Control+o');
  await bench.hasRead();

  await test.step('personal data: safe defaults, and undone', async () => {
    await tabTo(page.getByRole('tab', { name: /^Columns/ }));
    await press('ArrowRight');
    await expect(page.getByRole('tab', { name: /^Personal/ })).toHaveAttribute('aria-selected', 'true');
    await enter(page.getByRole('tabpanel').getByRole('button', { name: 'Use safe defaults (HIPAA)' }));
    await expect(page.getByText('Safe defaults are set')).toBeVisible();
    await press('Control+z');
    await expect(page.getByText('Safe defaults are set')).toHaveCount(0);
  });

  await test.step('rules: switched on, written, refused, removed, and back', async () => {
    await tabTo(page.getByRole('tab', { name: /^Personal/ }));
    await press('ArrowRight');
    await expect(page.getByRole('tab', { name: /^Rules/ })).toHaveAttribute('aria-selected', 'true');
    const order = page.getByRole('checkbox', { name: /admitted <= discharged/ });
    await tabTo(order);
    await press('Space');
    await expect(order).toBeChecked();
    const own = page.getByLabel('A rule of your own');
    await tabTo(own);
    await page.keyboard.type('agee > 20');
    await press('Enter');
    await expect(page.getByText(/no column “agee”/)).toBeInViewport();
    await press('Control+a');
    await page.keyboard.type('age <= 90');
    await press('Enter');
    await expect(page.getByRole('checkbox', { name: /age <= 90/ })).toBeChecked();
    await enter(bench.button('Remove the rule age <= 90'));
    await expect(page.getByRole('checkbox', { name: /age <= 90/ })).toHaveCount(0);
    await press('Control+z');
    await expect(page.getByRole('checkbox', { name: /age <= 90/ })).toBeChecked();
  });

  await test.step('what a figure means, and the method', async () => {
    await enter(bench.button('About the support of rules'));
    await expect(page.getByRole('dialog', { name: 'About the support of rules' })).toBeVisible();
    await press('Escape');
    await expect(bench.button('About the support of rules')).toBeFocused();
    await press('Enter');
    await enter(bench.button('The whole method'));
    await expect(bench.heading('How it works and measures')).toBeFocused();
    await expect(page.getByRole('heading', { name: 'Rules between columns' })).toBeInViewport();
    await press('Escape');
    await expect(bench.heading('Data')).toBeFocused();
  });

  await test.step('a training paused, resumed, cancelled, and had back', async () => {
    await press('Control+Enter');
    await expect(bench.heading('Train')).toBeFocused();
    await tabTo(page.getByLabel('At most'));
    await press('Control+a');
    await page.keyboard.type('0.3');
    await press('Control+Enter');
    await expect(page.getByText(/at epoch \d/)).toBeVisible({ timeout: 60_000 });
    await enter(bench.button('Pause: Training stays').first());
    await expect(page.getByText('Training is paused.')).toBeVisible({ timeout: 30_000 });
    await press('Control+Enter');
    await enter(bench.button('Cancel training: Training stays'));
    await expect(page.getByText('Training was cancelled.')).toBeVisible({ timeout: 30_000 });
    await press('Control+z');
    await expect(bench.button('Check the result')).toBeVisible({ timeout: 120_000 });
  });

  await test.step('a condition, refused and kept', async () => {
    await press('Alt+4');
    const where = page.getByLabel('Only rows where');
    await tabTo(where);
    await page.keyboard.type('age > 300');
    await enter(page.getByRole('main').getByRole('button', { name: 'Check', exact: true }));
    await expect(page.getByText(/every value of “age” that the model knows is smaller/)).toBeVisible();
    await press('Shift+Tab');
    await press('Control+a');
    await page.keyboard.type('age >= 60');
    await press('Tab');
    await expect(bench.button('About how rare the condition is')).toBeVisible({ timeout: 30_000 });
    await app.answerSaveDialogs(join(userData, 'out.csv'));
    await press('Control+Enter');
    await expect(bench.button('Show out.csv in its folder')).toBeVisible({ timeout: 60_000 });
  });

  await test.step('a file is verified', async () => {
    const dialog = page.getByRole('dialog', { name: 'Verify an export' });
    const verify = bench.button('Verify out.csv against its manifest');
    await enter(verify);
    await expect(dialog).toContainText('Everything is as it was written.');
    await app.answerOpenDialogs([join(userData, 'out.csv.manifest.json')]);
    await enter(dialog.getByRole('button', { name: 'Verify another…' }));
    await expect(dialog).toContainText('Everything is as it was written.');
    await enter(dialog.getByRole('button', { name: 'Close' }));
    await expect(dialog).toHaveCount(0);
    await expect(verify).toBeFocused();
  });

  await test.step('a file is encrypted with a passphrase', async () => {
    await tabTo(page.getByLabel('Anyone who gets the file'));
    await press('ArrowUp');
    await expect(page.getByLabel('Whoever knows a passphrase')).toBeChecked();
    await keys.type(page.getByLabel('Passphrase of the file'), 'Zyklop Birne Kaktus Nebel');
    await keys.type(page.getByLabel('The same once more'), 'Zyklop Birne Kaktus Nebel');
    await tabTo(page.getByLabel('Show what I type'));
    await press('Space');
    await expect(page.getByLabel('Passphrase of the file')).toHaveAttribute('type', 'text');
    await app.answerSaveDialogs(join(userData, 'sealed.csv'));
    await press('Control+Enter');
    await expect(bench.button('Show sealed.csv.age in its folder')).toBeVisible({ timeout: 60_000 });
  });

  await test.step('devices: tested, stopped, chosen', async () => {
    await enter(bench.button('Devices'));
    await expect(bench.heading('Devices')).toBeFocused();
    await enter(bench.button('Test these devices'));
    await enter(bench.button('Stop'));
    await enter(bench.button('Test these devices'));
    const cpu = page.getByRole('listitem').filter({ hasText: 'CPU' });
    await expect(cpu).toContainText('Chosen', { timeout: 120_000 });
    await tabTo(page.getByRole('radio', { checked: true }));
    await press('ArrowDown');
    await expect(page.getByRole('radio', { name: 'CPU' })).toBeChecked();
    await press('Escape');
    await expect(bench.heading('Export')).toBeFocused();
  });

  await test.step('ended jobs cleared, and back', async () => {
    await press('Control+j');
    await enter(bench.button(/^Clear \d ended jobs/));
    await expect(bench.tray.getByRole('listitem')).toHaveCount(0);
    await press('Control+z');
    await expect(bench.tray.getByRole('listitem')).toHaveCount(4);
    await press('Control+j');
  });

  await test.step('what is stored: one thing erased', async () => {
    await press('Control+,');
    await expect(bench.heading('Settings')).toBeFocused();
    await enter(page.getByRole('main').getByRole('button', { name: 'What is stored on this machine' }));
    await expect(bench.heading('What is stored on this machine')).toBeFocused();
    const erase = bench.button('Erase Record of a file written of stays').first();
    await enter(erase);
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await press('Escape');
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
    await enter(erase);
    await enter(page.getByRole('alertdialog').getByRole('button', { name: 'Erase for good' }));
    await expect(page.getByText('It has been erased.')).toBeVisible();
    await press('Escape');
    await expect(bench.heading('Settings')).toBeVisible();
    await press('Escape');
    await expect(bench.heading('Export')).toBeVisible();
  });

  await test.step('the project renamed, removed, and back', async () => {
    const menu = bench.button(/^Project /);
    await enter(menu);
    await press('End', 'ArrowUp', 'Enter');
    const field = page.getByRole('dialog').getByRole('textbox');
    await expect(field).toBeFocused();
    await press('Control+a');
    await page.keyboard.type('winter');
    await press('Enter');
    await expect(bench.button('Project winter')).toBeVisible();
    await enter(menu);
    await press('End', 'Enter');
    await enter(page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }));
    await expect(bench.heading('Drop a table or DICOM files here')).toBeVisible();
    await press('Control+z');
    await expect(bench.button('Project winter')).toBeVisible();
  });
});
