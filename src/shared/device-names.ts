/** What Semblance can compute on. */

/**
 * Each is one way to a device; `cpu` is everywhere. `tensorflow` is TensorFlow's own library, on NVIDIA's cards or on the
 * processor, as it was built.
 */
export const deviceNames = ['cpu', 'webgpu', 'dml', 'cuda', 'tensorflow'] as const;
export type DeviceName = (typeof deviceNames)[number];

/** The ways that take a program's graph at once; the others take it op by op. */
export type GraphDevice = Exclude<DeviceName, 'tensorflow'>;

export function runsEagerly(device: DeviceName): device is Exclude<DeviceName, GraphDevice> {
  return device === 'tensorflow';
}
