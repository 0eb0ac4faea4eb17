/** Tries of the network made on purpose, set off from all others in what scripts/e2e/run.ts has watched. */
import { createSocket } from 'node:dgram';
import { appendFile } from 'node:fs/promises';
import { marks } from '../../scripts/e2e/network-watch.ts';

/** Whether anything is watched. Where nothing is, scripts/e2e/run.ts says why. */
export const watched = process.env.SEMBLANCE_PLANTED !== undefined;

function mark(address: string): Promise<void> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.send('x', 9, address, () => socket.close(() => resolve()));
  });
}

/**
 * Runs `plant` with what it tries set off, the start and the end of every app in it included.
 *
 * @param addresses What it tries to reach, and what has to be seen.
 */
export async function planting(addresses: readonly string[], plant: () => Promise<void>): Promise<void> {
  await mark(marks.begin);
  try {
    await plant();
  } finally {
    await mark(marks.end);
  }
  // Line by line, because a file outlives the process that runs the tests, which a failed test brings down.
  await appendFile(process.env.SEMBLANCE_PLANTED ?? '/dev/null', addresses.map((to) => `${to}\n`).join(''));
}
