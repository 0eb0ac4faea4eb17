/** Takes TensorFlow's library and the headers of its C interface out of a wheel, which is a zip file. */
import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { Unzip, UnzipInflate, type UnzipFile } from 'fflate';

/** Beginnings of the names of what is taken. */
const taken = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/platform/ctstring',
  'tensorflow/include/xla/tsl/c/',
  'tensorflow/python/platform/build_info.py',
  'tensorflow/THIRD_PARTY_NOTICES',
];

/** Unpacks into `folder`, which gets a folder `tensorflow`. @throws Error for a damaged file. */
export async function unpackWheel(wheel: string, folder: string): Promise<void> {
  let broken: Error | undefined;
  const zip = new Unzip((file) => {
    if (taken.some((start) => file.name.startsWith(start)) && !file.name.endsWith('/')) {
      unpackFile(file, folder, (error) => (broken ??= error));
    }
  });
  zip.register(UnzipInflate);
  for await (const chunk of createReadStream(wheel, { highWaterMark: 2 ** 20 })) {
    zip.push(chunk as Uint8Array);
    if (broken) throw broken;
  }
  zip.push(new Uint8Array(0), true);
  if (broken) throw broken;
}

function unpackFile(file: UnzipFile, folder: string, fail: (error: Error) => void): void {
  const path = normalize(join(folder, file.name));
  if (!path.startsWith(normalize(folder) + sep)) {
    fail(new Error(`The wheel holds a file outside itself: ${file.name}`));
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, 'w');
  file.ondata = (error, data, final) => {
    if (error) fail(error);
    else for (let at = 0; at < data.length;) at += writeSync(descriptor, data, at);
    if (error || final) closeSync(descriptor);
  };
  file.start();
}
