/**
 * Watches, from outside, what a program and everything it starts ask of the network: native code, too, which no
 * guard in JavaScript sees. strace tells of every system call that can name an address.
 */
import { spawnSync } from 'node:child_process';

/** The system calls by which a process says to whom it wants to speak. */
const calls = 'trace=connect,sendto,sendmsg,sendmmsg';
const options = ['-f', '--seccomp-bpf', '-qq', '-s', '0', '-e', 'signal=none', '-e', calls];

/** Addresses of this machine that a test speaks to before and after it has the network tried on purpose. */
export const marks = { begin: '127.77.0.1', end: '127.77.0.2' } as const;

/** What the watched processes have asked for. */
export interface NetworkUse {
  /** Times that one of them addressed this machine itself over IP, as those do that steer a test. */
  toThisMachine: number;
  /** Addresses of other machines, and how often each. Everything that is not known to be local counts. */
  toOthers: Record<string, number>;
  /** The same for what was tried on purpose, between the marks. */
  onPurpose: Record<string, number>;
}

/** Why nothing can be watched here; undefined when it can. */
export function obstacleToWatching(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has strace';
  const { error, status } = spawnSync('strace', [...options, '-o', '/dev/null', 'true']);
  if (error !== undefined) return 'strace is not installed';
  return status === 0 ? undefined : 'strace is not allowed to trace here';
}

/**
 * A command that runs `command` watched, with its exit status.
 *
 * @param log File for the lines that `networkUse` reads.
 */
export function watched(command: readonly string[], log: string): [program: string, ...args: string[]] {
  // Calls that name no address, most of them by far, are dropped at once.
  return ['strace', ...options, '-o', `|grep sa_family= > '${log.replaceAll("'", "'\\''")}'`, ...command];
}

/** Reads the log of a watched command. */
export function networkUse(log: string): NetworkUse {
  const use: NetworkUse = { toThisMachine: 0, toOthers: {}, onPurpose: {} };
  let tally = use.toOthers;
  for (const [, family = '', rest = ''] of log.matchAll(/sa_family=(\w+)([^}]*)/g)) {
    if (['AF_UNIX', 'AF_NETLINK', 'AF_UNSPEC'].includes(family)) continue;
    const [, v4, v6] = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(rest) ?? [];
    const address = v4 ?? v6 ?? family;
    if (address === marks.begin) tally = use.onPurpose;
    else if (address === marks.end) tally = use.toOthers;
    else if (/^(127\.|::1$|::ffff:127\.)/.test(address)) use.toThisMachine++;
    else tally[address] = (tally[address] ?? 0) + 1;
  }
  return use;
}

/** What the use of the network in a whole run comes to. */
export interface NetworkVerdict {
  /** Attempts to speak to other machines, those on purpose apart: none, if all is well. */
  attempts: Record<string, number>;
  /** How many addresses were tried on purpose, and those that were not seen. */
  planted: number;
  missed: string[];
  /** False when the log has nothing of what a run cannot do without: then it is no log of one. */
  watching: boolean;
}

/** @param planted Addresses that a test has had tried on purpose, to show that a try is seen. */
export function judge(
  { toThisMachine, toOthers, onPurpose }: NetworkUse,
  planted: readonly string[],
): NetworkVerdict {
  return {
    attempts: toOthers,
    planted: planted.length,
    missed: planted.filter((to) => onPurpose[to] === undefined),
    // Playwright steers the app over loopback.
    watching: toThisMachine > 0,
  };
}

export function isClean({ attempts, missed, watching }: NetworkVerdict): boolean {
  return watching && missed.length === 0 && Object.keys(attempts).length === 0;
}

/** The verdict in a line, for the end of a run. */
export function networkLine({ attempts, planted, missed, watching }: NetworkVerdict): string {
  if (!watching) return 'network: NOT WATCHED, the log of system calls is empty';
  const count = Object.values(attempts).reduce((sum, times) => sum + times, 0);
  const to = count === 0 ? '' : ` (${Object.keys(attempts).join(', ')})`;
  const seen = `${planted - missed.length} of ${planted} planted ones seen`;
  return `network: ${count} attempts to reach another machine${to}; ${seen}`;
}
