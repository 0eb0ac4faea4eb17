/** The `app:` scheme: serves the built renderer, and nothing outside its folder. */
import { readFile, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { appOrigin } from './page-origin.ts';

/** Must be registered before the app is ready. `standard` gives it an origin, `secure` the rights of https. */
export const appScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** The only kinds of file the renderer is made of; any other file is not served. */
const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Whether `path` is a file somewhere below `folder`. Both absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * File that an address of the app names, without looking at the disk; undefined when it names none.
 * Refuses foreign origins, `..` in any spelling, backslashes, escaped slashes and NUL.
 *
 * @param root Absolute path of the folder served.
 */
export function resolveAppPath(root: string, address: string): string | undefined {
  // Taken apart by hand, because `new URL` quietly resolves `..` and `%2e%2e`.
  if (!address.startsWith(appOrigin)) return undefined;
  const rest = address.slice(appOrigin.length);
  if (!/^([/?#]|$)/.test(rest)) return undefined;
  const written = rest.replace(/[?#].*$/s, '');
  let path: string;
  try {
    path = decodeURIComponent(written);
  } catch {
    return undefined;
  }
  if (/[\\\0%]|\/\//.test(path) || /%2f/i.test(written)) return undefined;
  if (path.split('/').some((part) => part === '..' || part === '.')) return undefined;
  const file = join(root, path === '' || path === '/' ? 'index.html' : path);
  return isInside(root, file) ? file : undefined;
}

/**
 * Answers one request to the `app:` scheme.
 *
 * @param root Absolute path of the folder served; links inside it that lead out are not followed.
 */
export async function answerAppRequest(
  root: string,
  request: { readonly url: string; readonly method: string },
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const file = resolveAppPath(root, request.url);
  const type = file === undefined ? undefined : mimeTypes[extname(file)];
  if (file === undefined || type === undefined) return refusal(404);
  try {
    const [realRoot, realFile] = await Promise.all([realpath(root), realpath(file)]);
    if (!isInside(realRoot, realFile)) return refusal(404);
    const body = await readFile(realFile);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      headers: { 'Content-Type': type, ...securityHeaders },
    });
  } catch {
    return refusal(404);
  }
}

/** Serves the folder `root` to the pages of the default session. */
export function serveApp(protocol: Protocol, root: string): void {
  protocol.handle(appScheme.scheme, (request) => answerAppRequest(root, request));
}

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: securityHeaders });
}
