import { errorsInMessages } from './errors-in-messages.js';
import { layers } from './layers.js';
import { noNetwork } from './no-network.js';
import { wordsInMessages } from './words-in-messages.js';
import { noProcesses } from './no-processes.js';

/**
 * Semblance's own lint rules.
 *
 * @type {import('eslint').ESLint.Plugin}
 */
export const semblance = {
  meta: { name: 'semblance' },
  rules: {
    'errors-in-messages': errorsInMessages,
    layers,
    'no-network': noNetwork,
    'words-in-messages': wordsInMessages,
    'no-processes': noProcesses,
  },
};
