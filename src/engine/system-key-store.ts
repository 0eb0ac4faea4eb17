/** The operating system's key store as the engine reaches it: by asking main. */
import type { FromEngine, Question } from '../shared/wire.ts';
import { unavailable } from './store/system-key.ts';
import type { SystemKeyStore } from './store/system-key.ts';

/**
 * @param send To main.
 * @returns The key store, and what to call with each answer of main.
 */
export function systemKeyStoreOf(send: (message: FromEngine) => void): SystemKeyStore & {
  answer: (id: number, value: string | null) => void;
} {
  const waiting = new Map<number, (value: string | null) => void>();
  let nextId = 1;
  const ask = (question: Question): Promise<string | null> =>
    new Promise((resolve) => {
      const id = nextId++;
      waiting.set(id, resolve);
      send({ type: 'ask', id, question });
    });
  return {
    name: () => ask({ what: 'name' }),
    seal: async (text) => {
      const sealed = await ask({ what: 'seal', text });
      if (sealed === null) throw unavailable();
      return sealed;
    },
    unseal: (sealed) => ask({ what: 'unseal', sealed }),
    answer: (id, value) => {
      waiting.get(id)?.(value);
      waiting.delete(id);
    },
  };
}
