/**
 * What no guard in JavaScript can vouch for: native code. The whole app runs under strace while it profiles, trains
 * and writes, and none of its processes may as much as address a socket to another machine.
 */
import { spawnSync } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { App } from './app.ts';
import { expect, test } from './test.ts';

const strace = ['-f', '-qq', '-s', '200', '-e', 'trace=connect,bind,sendto,sendmsg,sendmmsg'];

/** Build machines are recognised by these, and some native telemetry then keeps still by itself. */
const ofBuildMachines = ['CI', 'TF_BUILD', 'GITHUB_ACTIONS', 'GITLAB_CI', 'BUILD_BUILDID', 'JENKINS_URL'];

/** The system calls of a strace log that name an address of another machine. */
function towardsOthers(log: string): string[] {
  return log.split('\n').filter((line) => {
    const [, address] =
      /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(line)?.filter(Boolean) ?? [];
    return address !== undefined && !/^(127\.|::1$|::ffff:127\.)/.test(address);
  });
}

function canTrace(): boolean {
  return process.platform === 'linux' && spawnSync('strace', ['-f', '-qq', 'true']).status === 0;
}

test('no process of the app addresses another machine', async ({ userData }) => {
  test.skip(!canTrace(), 'strace is missing or not allowed here: native code was NOT watched');
  test.setTimeout(180_000);

  // The canary: a datagram to an address that belongs to nobody (RFC 5737) has to be seen.
  const canary = join(userData, 'canary.log');
  const send = `require('node:dgram').createSocket('udp4').send('x', 9, '192.0.2.1', () => process.exit())`;
  spawnSync('strace', [...strace, '-o', canary, process.execPath, '-e', send]);
  expect(towardsOthers(await readFile(canary, 'utf8'))).not.toEqual([]);

  const log = join(userData, 'app.log');
  const traced = join(userData, 'traced-electron');
  const electron: unknown = createRequire(import.meta.url)('electron');
  await writeFile(
    traced,
    `#!/bin/sh\nexec strace ${strace.join(' ')} -o '${log}' '${String(electron)}' "$@"\n`,
  );
  await chmod(traced, 0o755);
  const env = Object.fromEntries(ofBuildMachines.map((name) => [name, '']));
  const app = await App.start(userData, env, traced);
  const target = join(userData, 'synthetic.csv');
  await app.answerSaveDialogs(target);
  const outcome = await app.page.evaluate(async (path) => {
    const { semblance } = window;
    const value = <T>(reply: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
      if (!reply.ok) throw new Error(reply.error.message);
      return reply.value;
    };
    const ended = async (jobId: string) => {
      for (;;) {
        const job = value(await semblance.call('jobs.list')).find(({ id }) => id === jobId);
        if (job?.state !== 'queued' && job?.state !== 'running') return job?.state;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    };
    const { id: projectId, settings } = value(await semblance.call('projects.createSample'));
    for (const { id } of value(await semblance.call('jobs.list'))) await ended(id);
    await semblance.call('projects.setSettings', { projectId, settings: { ...settings, minutes: 0.2 } });
    const trained = await ended(value(await semblance.call('jobs.train', { projectId })).id);
    await semblance.call('app.chooseTarget', { suggestedName: 'synthetic.csv', format: 'csv' });
    const job = await semblance.call('jobs.generate', {
      projectId,
      path,
      format: 'csv',
      rows: 500,
      seed: 1,
      overwrite: false,
    });
    return [trained, await ended(value(job).id)];
  }, target);
  await app.close();

  expect(outcome).toEqual(['done', 'done']);
  const calls = await readFile(log, 'utf8');
  // Playwright steers the app over loopback: a log without that is no log of the app.
  expect(calls.includes('inet_addr("127.0.0.1")')).toBe(true);
  expect(towardsOthers(calls)).toEqual([]);
});
