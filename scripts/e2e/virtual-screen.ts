import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** A screen nobody sees, for as long as it is not closed. */
export interface VirtualScreen {
  /** For the environment variable DISPLAY, e.g. `:99`. */
  display: string;
  close(): void;
}

/**
 * Starts Xvfb on the first free display.
 *
 * @throws Error with what it printed, when it does not start.
 */
export async function openVirtualScreen(): Promise<VirtualScreen> {
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let printed = '';
  server.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  // Xvfb writes its number to this pipe as soon as it takes connections.
  const numberPipe = server.stdio[3] as Readable;
  const number = await new Promise<string>((resolve, reject) => {
    server.on('error', (error) => reject(new Error('Xvfb cannot be started.', { cause: error })));
    server.on('exit', () => reject(new Error(`Xvfb ended at once. ${printed.trim()}`)));
    let text = '';
    numberPipe.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.endsWith('\n')) resolve(text.trim());
    });
  });
  server.unref();
  const close = () => {
    server.kill();
  };
  process.once('exit', close);
  return { display: `:${number}`, close };
}
