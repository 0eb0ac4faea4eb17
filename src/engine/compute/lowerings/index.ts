/** All kernels of TensorFlow.js that a program may use. */
import { arithmetic } from './arithmetic.ts';
import { composites } from './composites.ts';
import { convolutions } from './convolution.ts';
import { einsums } from './einsum.ts';
import { gathers } from './gather.ts';
import type { Lowerings } from './kernel.ts';
import { matrices } from './matrices.ts';
import { depthwiseConvolutions, pools } from './pooling.ts';
import { reductions } from './reductions.ts';
import { resizes } from './resize.ts';
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
  ...convolutions,
  ...depthwiseConvolutions,
  ...pools,
  ...resizes,
  ...einsums,
};
