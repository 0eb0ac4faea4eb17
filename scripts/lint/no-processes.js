import { eachSpecifier } from './module-specifiers.js';

const modules = ['child_process', 'cluster', 'worker_threads', 'inspector', 'inspector/promises'];

/**
 * Semblance starts no other program and no foreign thread: each would begin with its network open. Those there are
 * (engine, device trial, drawing thread) close their own before anything else. Types may be imported.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const noProcesses = {
  meta: {
    type: 'problem',
    docs: { description: 'no child processes, worker threads or debuggers' },
    schema: [],
    messages: { banned: "'{{name}}' is banned: what it starts would have its network open." },
  },
  create(context) {
    return eachSpecifier((specifier, node) => {
      if (!modules.includes(specifier.replace(/^node:/, ''))) return;
      if (Reflect.get(node, 'importKind') === 'type' || String(node.type) === 'TSImportType') return;
      context.report({ node, messageId: 'banned', data: { name: specifier } });
    });
  },
};
