/** The names of keys on this system's keyboard. The window takes Ctrl and ⌘ for the same. */
export interface KeyNames {
  command: string;
  alt: string;
}

/** @param platform as Node calls it; undefined while it is not known. */
export function keyNames(platform: string | undefined): KeyNames {
  return platform === 'darwin' ? { command: '⌘', alt: '⌥' } : { command: 'Ctrl', alt: 'Alt' };
}
