import { expect, it } from 'vitest';
import { findDevices } from './find.ts';

it("TensorFlow's library is found where it is installed, and told to be absent where it could be", () => {
  const library = { tensorflow: '2.21.0', cuda: null, folder: '/somewhere', stamp: 'one' };
  const [without, withIt] = [findDevices(null), findDevices(library)];
  expect(without.devices.map(({ name }) => name)).not.toContain('tensorflow');
  expect(without.absent.map(({ name }) => name)).toEqual(process.platform === 'linux' ? ['tensorflow'] : []);
  expect(withIt.absent).toEqual([]);
  expect(withIt.devices.find(({ name }) => name === 'tensorflow')).toMatchObject({
    title: withIt.devices[0]?.title,
    driver: 'TensorFlow 2.21.0',
  });
  // Devices are tried anew for another library.
  const fingerprints = [without, withIt, findDevices({ ...library, stamp: 'two' })].map(
    ({ fingerprint }) => fingerprint,
  );
  expect(new Set(fingerprints).size).toBe(3);
});
