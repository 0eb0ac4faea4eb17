import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAppRequest, isInside, resolveAppPath } from './app-protocol.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

const root = resolve('/srv/renderer');

describe('isInside', () => {
  it('is not fooled by a folder whose name begins the same', () => {
    expect(isInside('/srv/renderer', '/srv/renderer/index.html')).toBe(true);
    expect(isInside('/srv/renderer', '/srv/renderer-private/key')).toBe(false);
    expect(isInside('/srv/renderer', '/srv/renderer')).toBe(false);
    expect(isInside('/srv/renderer', '/srv')).toBe(false);
    expect(isInside('/srv/renderer', '/srv/renderer/..hidden')).toBe(true);
  });
});

describe('resolveAppPath', () => {
  it('finds the files of the renderer', () => {
    expect(resolveAppPath(root, 'app://semblance/')).toBe(join(root, 'index.html'));
    expect(resolveAppPath(root, 'app://semblance')).toBe(join(root, 'index.html'));
    expect(resolveAppPath(root, 'app://semblance/assets/a%20b.js?v=1#x')).toBe(
      join(root, 'assets', 'a b.js'),
    );
  });

  it.each([
    'app://semblance/../secret.json',
    'app://semblance/assets/../../secret.json',
    'app://semblance/%2e%2e/secret.json',
    'app://semblance/%2E%2e%2Fsecret.json',
    'app://semblance/..%2fsecret.json',
    'app://semblance/..%5csecret.json',
    'app://semblance/..\\secret.json',
    'app://semblance/%252e%252e/secret.json',
    'app://semblance/assets/./a.js',
    'app://semblance//etc/passwd.json',
    'app://semblance/index.html%00.js',
    'app://semblance/%252525252e%252525252e/secret.json',
    'app://semblance/%c0%ae%c0%ae/secret.json',
    'app://semblance/%ef%bc%8e%ef%bc%8e/%00',
    'app://semblance/\ud800.js\0',
    'app://semblance/assets\\..\\..\\secret.json',
    'app://semblance/C:%5csecret.json',
    'app://semblance\\..\\secret.json',
    'app://semblance%2f..%2fsecret.json',
    'app://SEMBLANCE/index.html',
    'APP://semblance/index.html',
    'app:/semblance/index.html',
    'app:semblance',
    'app://semblance.evil/index.html',
    'app://semblance@evil/index.html',
    'app://semblance:0/index.html',
    'app://[::1]/index.html',
    ' app://semblance/index.html',
    '',
    'app://semblance/%',
    'app://semblance/%ff',
    'app://other/index.html',
    'app://semblance:80/index.html',
    'app://user@semblance/index.html',
    'file:///etc/passwd',
    'https://semblance/index.html',
    'nonsense',
  ])('refuses %s', (address) => {
    expect(resolveAppPath(root, address)).toBeUndefined();
  });

  it('never leaves its folder, whatever is asked', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '%2e',
        '%2E%2e',
        '%2f',
        '%5c',
        '\\',
        '/',
        '//',
        '%00',
        'assets',
        'C:',
        '~',
        '?',
        '#',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const start = fc.constantFrom(
      'app://semblance/',
      'app://semblance',
      'app://',
      'app:',
      'APP://semblance/',
    );
    const address = fc
      .tuple(start, fc.array(part, { maxLength: 12 }))
      .map(([before, parts]) => before + parts.join(''));
    fc.assert(
      fc.property(address, (asked) => {
        const file = resolveAppPath(root, asked);
        return file === undefined || (isInside(root, file) && !file.includes('\0'));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('answerAppRequest', () => {
  let folder = '';
  let served = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'semblance-protocol-'));
    served = join(folder, 'renderer');
    await mkdir(join(served, 'assets'), { recursive: true });
    await writeFile(join(served, 'index.html'), '<title>Semblance</title>');
    await writeFile(join(served, 'assets', 'index.js'), 'export {};');
    await writeFile(join(served, 'notes.txt'), 'not part of the page');
    await writeFile(join(folder, 'secret.json'), '{}');
    await symlink(join(folder, 'secret.json'), join(served, 'link.json'));
    await symlink(folder, join(served, 'out'));
    await symlink(join(served, 'index.html'), join(served, 'same.html'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const get = (path: string, method = 'GET') =>
    answerAppRequest(served, { url: `app://semblance${path}`, method });

  it('serves a file with its type and the security headers', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await page.text()).toBe('<title>Semblance</title>');
    expect((await get('/assets/index.js')).headers.get('content-type')).toBe(
      'text/javascript; charset=utf-8',
    );
  });

  it('follows a link within the folder, and none that leads out', async () => {
    expect((await get('/same.html')).status).toBe(200);
    expect((await get('/link.json')).status).toBe(404);
    expect((await get('/out/secret.json')).status).toBe(404);
  });

  it('refuses what is missing, a folder, another kind of file, another method', async () => {
    expect((await get('/missing.js')).status).toBe(404);
    expect((await get('/assets')).status).toBe(404);
    expect((await get('/notes.txt')).status).toBe(404);
    expect((await get('/../secret.json')).status).toBe(404);
    expect((await get('/', 'POST')).status).toBe(405);
    expect((await get('/missing.js')).headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  });

  it('gives out what lies in its folder and nothing else, whatever is asked and how', async () => {
    // Names of what is there, of what must not be had, and the ways between them.
    const part = fc.constantFrom(
      ...[
        'index.html',
        'assets',
        'index.js',
        'link.json',
        'out',
        'secret.json',
        'notes.txt',
        'renderer',
        'same.html',
      ],
      ...[
        '/',
        '/',
        '/',
        '//',
        '\\',
        '%2f',
        '%5c',
        '..',
        '.',
        '%2e%2e',
        '%252e%252e',
        '%00',
        '?',
        '#',
        '%',
        ':',
        '~',
      ],
    );
    const url = fc.oneof(
      fc.array(part, { maxLength: 8 }).map((parts) => `app://semblance/${parts.join('')}`),
      fc.string({ unit: 'binary', maxLength: 40 }).map((rest) => `app://semblance/${rest}`),
      fc.webUrl({ validSchemes: ['app', 'https', 'file'] }),
    );
    const method = fc.constantFrom(
      'GET',
      'GET',
      'GET',
      'HEAD',
      'POST',
      'PUT',
      'DELETE',
      'OPTIONS',
      'get',
      '',
      'X',
    );
    const bodies = ['<title>Semblance</title>', 'export {};'];
    await fc.assert(
      fc.asyncProperty(url, method, async (url, method) => {
        const answer = await answerAppRequest(served, { url, method });
        expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
        const body = await answer.text();
        if (answer.status === 200) expect(method === 'HEAD' ? [''] : bodies).toContain(body);
        else expect([body, [404, 405].includes(answer.status)]).toEqual(['', true]);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses addresses of any length, and answers all the same', async () => {
    for (const path of [
      '/' + 'a'.repeat(1e6) + '.js',
      '/' + '../'.repeat(1e5),
      '/' + '%2e'.repeat(3e5),
      '/a'.repeat(1e5),
    ]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  it('answers HEAD without a body', async () => {
    const head = await get('/', 'HEAD');
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });
});
