/** Finds every place where a module names another one, whatever the syntax. */

/**
 * A type such as `import('./table.ts').Table`; ESLint's own node types do not know it.
 *
 * @typedef {import('eslint').Rule.Node & { source: { type: string, value?: unknown } }} TypeImport
 */

/**
 * Rule listener that calls `visit` with each module specifier of a file: static and dynamic imports,
 * re-exports, `import('…')` types, `require('…')`, `process.getBuiltinModule('…')`.
 *
 * @param {(specifier: string, node: import('eslint').Rule.Node) => void} visit
 * @returns {import('eslint').Rule.RuleListener}
 */
export function eachSpecifier(visit) {
  /** @param {{ type: string, value?: unknown } | null | undefined} source @param {import('eslint').Rule.Node} node */
  const literal = (source, node) => {
    if (source?.type === 'Literal' && typeof source.value === 'string') visit(source.value, node);
  };
  return {
    ImportDeclaration: (node) => literal(node.source, node),
    ExportNamedDeclaration: (node) => literal(node.source, node),
    ExportAllDeclaration: (node) => literal(node.source, node),
    ImportExpression: (node) => literal(node.source, node),
    /** @param {TypeImport} node */
    TSImportType: (node) => literal(node.source, node),
    CallExpression: (node) => {
      const { callee } = node;
      const name =
        callee.type === 'Identifier'
          ? callee.name
          : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
            ? callee.property.name
            : '';
      if (['require', 'getBuiltinModule', 'importActual'].includes(name)) literal(node.arguments[0], node);
    },
  };
}
