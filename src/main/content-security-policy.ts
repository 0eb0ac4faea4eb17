import type { Session } from 'electron';
import { originOf } from './page-origin.ts';

/** What the built page may load: files of its own origin, and pictures it made itself. Nothing inline, no eval. */
export const contentSecurityPolicy = serialise({
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
});

/** The same for the development server, which injects styles and reports changes over a socket. */
export function devContentSecurityPolicy(devServer: string): string {
  return serialise({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'blob:', 'data:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", devServer.replace(/^http/, 'ws')],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  });
}

/** Puts the policy on the answers of the development server; those of `app:` carry theirs already. */
export function addDevContentSecurityPolicy(session: Session, devServer: string): void {
  session.webRequest.onHeadersReceived((details, callback) => {
    if (originOf(details.url) !== devServer) {
      callback({});
      return;
    }
    callback({
      responseHeaders: {
        ...details.responseHeaders,
        'Content-Security-Policy': [devContentSecurityPolicy(devServer)],
      },
    });
  });
}

function serialise(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');
}
