/** Makes TensorFlow's own library a backend of TensorFlow.js, when a program is to run on it. */
import '../exact-products.ts';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { findTensorFlow } from './installation.ts';

/** The name its backend has in TensorFlow.js. */
export const backendName = 'tensorflow';

let loaded = false;

/**
 * Loads the library and makes it a backend of TensorFlow.js, once a process.
 *
 * @throws Error when it is not there, or the system's loader refuses it.
 */
export function loadTensorFlow(found = findTensorFlow()): void {
  if (loaded) return;
  if (!found) throw new Error("TensorFlow's library is not installed.");
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // Not all of the card's memory at once: other programs use it as well.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  const require = createRequire(join(found.folder, 'installation.json'));
  replaceDeprecated(require('node:util'));
  const binding: unknown = require('./tfjs_binding.node');
  const code: unknown = require('./tfjs-node-gpu/dist/nodejs_kernel_backend.js');
  if (!isBackendCode(code)) throw new Error('The code of tfjs-node is another than expected.');
  require('./tfjs-node-gpu/dist/register_all_kernels.js');
  const backend = new code.NodeJSKernelBackend(binding, 'tfjs-node-gpu');
  // Never chosen by TensorFlow.js itself.
  tf.registerBackend(backendName, () => backend, -1);
  loaded = true;
}

/** tfjs-node 4.22 asks Node for two functions of which Node 24 lacks one and warns of the other. */
function replaceDeprecated(util: unknown): void {
  if (typeof util !== 'object' || util === null) return;
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
}

interface BackendCode {
  NodeJSKernelBackend: new (binding: unknown, packageName: string) => tf.KernelBackend;
}

function isBackendCode(code: unknown): code is BackendCode {
  return typeof code === 'object' && code !== null && 'NodeJSKernelBackend' in code;
}
