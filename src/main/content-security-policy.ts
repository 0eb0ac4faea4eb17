const directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
} as const;

/**
 * What the page may load: files of its own origin, and pictures it made itself. Nothing inline, no eval, no frames.
 * app-protocol.ts sends it with every file.
 */
export const contentSecurityPolicy = Object.entries(directives)
  .map(([directive, sources]) => [directive, ...sources].join(' '))
  .join('; ');
