/** For tests only: a utility process as Electron 45 has it. */
// eslint-disable-next-line semblance/no-processes -- in tests, processes are started at will
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';

export class FakeUtility extends EventEmitter {
  /** None before it is there, nor after its end. */
  pid: number | undefined;
  readonly posted: unknown[] = [];
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  spawned(pid: number): void {
    this.pid = pid;
    this.emit('spawn');
  }
  exited(code: number): void {
    this.emit('exit', code);
    this.pid = undefined;
  }
}

/** A process that does not end when asked. */
export function stubborn(): { pid: number; gone: Promise<unknown> } {
  const child = spawn(process.execPath, [
    '-e',
    `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`,
  ]);
  return { pid: child.pid ?? 0, gone: new Promise((resolve) => child.once('exit', resolve)) };
}
