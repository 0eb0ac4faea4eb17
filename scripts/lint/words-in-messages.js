/** Names and signs that are the same in every language. */
const untranslated = /\b(?:Semblance|CSV|TSV|Parquet|JSON|SQLite|gzip|AUC|Ctrl|Alt|Esc|Enter|Electron)\b/g;

/** Attributes and properties of components that people read. */
const read = new Set([
  ...['title', 'placeholder', 'alt', 'label', 'hint', 'fix', 'text', 'action', 'what', 'good', 'how'],
  ...['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription'],
]);

/** Calls whose text is for developers: it goes to a terminal or a stack trace. */
const forDevelopers =
  /^(?:Error|TypeError|RangeError|report|reportDefect|console\.\w+|log|this\.#options\.report)$/;

/**
 * Whether a text holds words that would have to be translated.
 *
 * @param {string} text
 */
function hasWords(text) {
  return /\p{L}{2}/u.test(text.replaceAll(untranslated, ''));
}

/**
 * Whether a text in a script reads as a sentence or a label of several words: a capital, then more words.
 *
 * @param {string} text
 */
function isSentence(text) {
  return /^\p{Lu}\p{Ll}+ \S*\p{Ll}/u.test(text.trim()) || /\p{Ll} \p{Ll}+[.?!]$/u.test(text.trim());
}

/**
 * A node of a script or of markup, as far as this rule looks at it.
 *
 * @typedef {object} Node
 * @property {string} type
 * @property {Node} [parent]
 * @property {unknown} [value]
 * @property {{ name: string }} [key]
 * @property {string} [operator]
 * @property {Node} [expression]
 * @property {Node} [consequent]
 * @property {Node} [alternate]
 * @property {Node} [left]
 * @property {Node} [right]
 * @property {Node} [callee]
 * @property {{ value: { cooked: string } }[]} [quasis]
 */

/** @param {Node} node @returns {string} The text of a literal or template; empty where it is none. */
function textOf({ value, quasis }) {
  if (typeof value === 'string') return value;
  return (quasis ?? []).map((quasi) => quasi.value.cooked).join('…');
}

/**
 * Holds every text that people read in `messages/`, where it has a translation: none in markup, none in attributes
 * that are read aloud or shown, no sentence in a script.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const wordsInMessages = {
  meta: {
    type: 'problem',
    docs: { description: 'texts that people read stand in messages/, in every language' },
    schema: [],
    messages: {
      words:
        'Put “{{text}}” into messages/en and messages/zh-Hans and call its message (CONTRIBUTING.md, Words).',
    },
  },
  create(context) {
    /** @param {Node} node */
    const report = (node) => {
      const shown = textOf(node).trim().replaceAll(/\s+/g, ' ');
      context.report({
        node: /** @type {import('eslint').Rule.Node} */ (/** @type {unknown} */ (node)),
        messageId: 'words',
        data: { text: shown.length > 40 ? `${shown.slice(0, 40)}…` : shown },
      });
    };

    /**
     * Reports the literals that an expression may come to.
     *
     * @param {Node | undefined} node
     */
    const checkOutcomes = (node) => {
      switch (node?.type) {
        case 'ConditionalExpression':
          checkOutcomes(node.consequent);
          checkOutcomes(node.alternate);
          return;
        case 'BinaryExpression':
        case 'LogicalExpression':
          if (node.type === 'BinaryExpression' && node.operator !== '+') return;
          checkOutcomes(node.left);
          checkOutcomes(node.right);
          return;
        case 'Literal':
        case 'TemplateLiteral':
          if (hasWords(textOf(node))) report(node);
          return;
        default:
      }
    };

    /**
     * Whether a script's text is for developers, or names something in code.
     *
     * @param {Node} node
     */
    const isTechnical = ({ parent }) => {
      if (parent?.type === 'ImportDeclaration' || parent?.type === 'TSLiteralType') return true;
      if (parent?.type !== 'NewExpression' && parent?.type !== 'CallExpression') return false;
      const callee = /** @type {import('eslint').Rule.Node} */ (/** @type {unknown} */ (parent.callee));
      return forDevelopers.test(context.sourceCode.getText(callee));
    };

    /** @param {Node} node */
    const checkScript = (node) => {
      if (isSentence(textOf(node)) && !isTechnical(node)) report(node);
    };

    /** @param {Node | undefined} parent Of a value in markup. */
    const isRead = (parent) => parent?.key !== undefined && read.has(parent.key.name);

    /**
     * A listener for nodes that ESLint's own types do not know.
     *
     * @param {(node: Node) => void} check
     * @returns {(found: unknown) => void}
     */
    const on = (check) => (found) => check(/** @type {Node} */ (found));

    return {
      SvelteText: on((node) => {
        if (node.parent?.type !== 'SvelteStyleElement' && hasWords(textOf(node))) report(node);
      }),
      SvelteMustacheTag: on(({ parent, expression }) => {
        const shown =
          parent?.type === 'SvelteAttribute' ? isRead(parent) : !parent?.type.endsWith('Directive');
        if (shown) checkOutcomes(expression);
      }),
      SvelteLiteral: on((node) => {
        if (node.parent?.type === 'SvelteAttribute' && isRead(node.parent) && hasWords(textOf(node)))
          report(node);
      }),
      Literal: on(checkScript),
      TemplateLiteral: on(checkScript),
    };
  },
};
