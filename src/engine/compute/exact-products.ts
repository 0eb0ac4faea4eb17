/**
 * NVIDIA's libraries multiply float32 matrices with 10 bits of precision (TF32) unless told otherwise, and the runtime's
 * binding for Node has no option for it; they heed this variable when they are loaded. Steps of the table GAN take no
 * longer without (docs/compute.md).
 */
process.env.NVIDIA_TF32_OVERRIDE ??= '0';
