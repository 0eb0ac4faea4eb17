/**
 * `npm run unit:webgpu`: the property tests of the compute engine once more, and learning in a thread, on WebGPU over
 * Vulkan in software. Says so, loudly, where that is not to be had.
 */
import { spawnSync } from 'node:child_process';
import { root } from '../setup/root.mjs';
import { softwareVulkan } from './software-vulkan.ts';

const vulkan = softwareVulkan();
if (vulkan === null) {
  console.log('SKIPPED: the tests on WebGPU. Neither Electron nor Chromium with SwiftShader was found here.');
  process.exit(0);
}
console.log(`WebGPU over SwiftShader: ${vulkan.VK_ICD_FILENAMES ?? ''}`);
const chosen = process.argv.slice(2);
const { status } = spawnSync(
  'npx',
  [
    'vitest',
    'run',
    '--project',
    'node',
    ...(chosen.length > 0 ? chosen : ['src/engine/compute', 'src/engine/learning-thread.test.ts']),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...vulkan, SEMBLANCE_TEST_DEVICE: 'webgpu' } },
);
process.exit(status ?? 1);
