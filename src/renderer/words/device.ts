import { m } from '../../shared/messages/messages.js';

/** What a card says of the device a model was trained on, which is in English. Names of models stay as they are. */
export function deviceWords(device: string): string {
  const [, model, threads] = /^CPU, (.+), (\d+) threads?$/.exec(device) ?? [];
  if (model === undefined || threads === undefined) return device;
  return m.units_cpu({
    model: model === m.units_cpu_unknown({}, { locale: 'en' }) ? m.units_cpu_unknown() : model,
    threads: m.units_threads({ count: Number(threads) }),
  });
}
