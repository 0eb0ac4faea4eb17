/** Whether the sandbox that Chromium puts around its pages can start on this machine. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the answer depends on; another machine's in tests. */
export interface SandboxFacts {
  platform: NodeJS.Platform;
  /** User id of this process; undefined where there is none. */
  uid: number | undefined;
  /** A kernel setting below `/proc/sys`, e.g. `user/max_user_namespaces`; undefined where there is none. */
  setting(name: string): string | undefined;
  /** Chromium's helper for systems without user namespaces: not in that folder, there, or there and allowed to help. */
  helper(path: string): 'missing' | 'idle' | 'active';
}

const thisMachine: SandboxFacts = {
  platform: process.platform,
  uid: process.getuid?.(),
  setting: (name) => {
    const path = `/proc/sys/${name}`;
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
  },
  helper: (path) => {
    if (!existsSync(path)) return 'missing';
    const { uid, mode } = statSync(path);
    return uid === 0 && (mode & 0o4000) !== 0 ? 'active' : 'idle';
  },
};

/**
 * Why the sandbox cannot start, and what to do, in words for a person; undefined where it can. As root it never
 * does. Else it needs user namespaces, which some systems keep from ordinary programs (Ubuntu since 23.10), or its
 * helper owned by root and setuid.
 *
 * @param folder Folder of the Electron to start.
 */
export function sandboxObstacle(folder: string, facts = thisMachine): string | undefined {
  if (facts.platform !== 'linux') return undefined;
  if (facts.uid === 0) {
    return 'The app does not run as root: the sandbox around its window cannot start there. Run it as an ordinary user.';
  }
  const closed =
    facts.setting('kernel/unprivileged_userns_clone') === '0' ||
    facts.setting('kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    facts.setting('user/max_user_namespaces') === '0';
  const path = join(folder, 'chrome-sandbox');
  const helper = facts.helper(path);
  if (!closed || helper === 'active') return undefined;
  const fix =
    helper === 'idle'
      ? `Allow this Electron's sandbox helper to do its work:
  sudo chown root:root '${path}' && sudo chmod 4755 '${path}'`
      : `Allow user namespaces until the next start of the computer:
  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`;
  return `The sandbox around the window cannot start: this system keeps user namespaces from ordinary programs.
${fix}
and run the command again.`;
}
