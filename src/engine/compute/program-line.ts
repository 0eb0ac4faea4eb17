/**
 * The line of the program that leads here, or led to an error, as `file.ts:12`: the first that is neither of TensorFlow.js
 * nor of the tracer, the lowerings or the operations of nn.ts. A question mark where the stack does not reach so far.
 */
export function programLine(error: Error = new Error()): string {
  const lines = error.stack?.split('\n').slice(1) ?? [];
  const place = lines
    .filter((line) => !within.test(line))
    .map((line) => /([^/\\(\s]+:\d+):\d+\)?$/.exec(line)?.[1])
    .find((line) => line !== undefined);
  return place ?? '?';
}

const within =
  /node_modules|node:|compute[/\\](tracer|compile|program-line|(nn|lowerings)[/\\][\w-]+)\.ts|shared[/\\]errors\.ts/;
