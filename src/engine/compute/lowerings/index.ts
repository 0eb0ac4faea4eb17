/** All kernels of TensorFlow.js that a program may use. */
import { arithmetic } from './arithmetic.ts';
import { composites } from './composites.ts';
import { gathers } from './gather.ts';
import type { Lowerings } from './kernel.ts';
import { matrices } from './matrices.ts';
import { reductions } from './reductions.ts';
import { shapes } from './shape.ts';
import { unaries } from './unary.ts';

export type { KernelAttributes } from './kernel.ts';

export const lowerings: Lowerings = {
  ...arithmetic,
  ...unaries,
  ...reductions,
  ...shapes,
  ...matrices,
  ...gathers,
  ...composites,
};
