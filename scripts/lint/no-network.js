import { eachSpecifier } from './module-specifiers.js';

const modules = ['net', 'tls', 'http', 'https', 'http2', 'dgram', 'dns', 'dns/promises', 'quic', 'undici'];
const globals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'WebTransport', 'RTCPeerConnection'];
const members = ['sendBeacon', 'openExternal'];

/**
 * Semblance never uses the network: bans the modules, globals and methods that would.
 * The guard that disarms them at run time is the one place that names them (see eslint.config.js).
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const noNetwork = {
  meta: {
    type: 'problem',
    docs: { description: 'no network, and no handing over of addresses to other programs' },
    schema: [],
    messages: { banned: "'{{name}}' is banned: Semblance never uses the network." },
  },
  create(context) {
    /** @param {string} name @param {import('eslint').Rule.Node} node */
    const report = (name, node) => context.report({ node, messageId: 'banned', data: { name } });
    return {
      ...eachSpecifier((specifier, node) => {
        if (modules.includes(specifier.replace(/^node:/, ''))) report(specifier, node);
      }),
      // `import { net } from 'electron'`
      ImportSpecifier(node) {
        if (node.parent.type !== 'ImportDeclaration' || node.parent.source.value !== 'electron') return;
        if (node.imported.type === 'Identifier' && node.imported.name === 'net') report('electron.net', node);
      },
      Program(node) {
        const scope = context.sourceCode.getScope(node);
        const unresolved = scope.through.map((reference) => reference.identifier);
        const declared = scope.variables
          .filter((variable) => variable.defs.length === 0)
          .flatMap((variable) => variable.references.map((reference) => reference.identifier));
        for (const identifier of [...unresolved, ...declared]) {
          if (identifier.type === 'Identifier' && globals.includes(identifier.name)) {
            context.report({ node: identifier, messageId: 'banned', data: { name: identifier.name } });
          }
        }
      },
      MemberExpression(node) {
        const { object, property, computed } = node;
        const name =
          !computed && property.type === 'Identifier'
            ? property.name
            : property.type === 'Literal'
              ? String(property.value)
              : '';
        const onGlobal =
          object.type === 'Identifier' && ['globalThis', 'window', 'self', 'global'].includes(object.name);
        if (members.includes(name) || (onGlobal && globals.includes(name))) report(name, node);
      },
      // `const { openExternal } = shell`
      'ObjectPattern > Property[computed=false] > Identifier.key'(
        /** @type {import('estree').Identifier & import('eslint').Rule.NodeParentExtension} */ node,
      ) {
        if (members.includes(node.name)) report(node.name, node);
      },
    };
  },
};
