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
 * @typedef {object} Node
 * @property {string} type
 * @property {Node} [parent]
 */

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
    /** @param {unknown} node @param {string} text */
    const report = (node, text) => {
      const shown = text.trim().replaceAll(/\s+/g, ' ');
      context.report({
        node: /** @type {import('eslint').Rule.Node} */ (node),
        messageId: 'words',
        data: { text: shown.length > 40 ? `${shown.slice(0, 40)}…` : shown },
      });
    };

    /**
     * Reports the literals that an expression may come to.
     *
     * @param {any} node
     */
    const checkOutcomes = (node) => {
      if (node.type === 'ConditionalExpression') [node.consequent, node.alternate].forEach(checkOutcomes);
      else if (node.type === 'LogicalExpression' || node.type === 'BinaryExpression') {
        if (node.type === 'LogicalExpression' || node.operator === '+')
          [node.left, node.right].forEach(checkOutcomes);
      } else if (node.type === 'Literal' && typeof node.value === 'string') {
        if (hasWords(node.value)) report(node, node.value);
      } else if (node.type === 'TemplateLiteral') {
        const text = node.quasis.map((/** @type {any} */ { value }) => value.cooked).join(' … ');
        if (hasWords(text)) report(node, text);
      }
    };

    /** Whether a script's text is for developers, or names something in code. @param {any} node */
    const isTechnical = (node) => {
      const { parent } = node;
      if (parent.type === 'ImportDeclaration' || parent.type === 'TSLiteralType') return true;
      if (parent.type === 'NewExpression' || parent.type === 'CallExpression') {
        return forDevelopers.test(context.sourceCode.getText(parent.callee));
      }
      return false;
    };

    return {
      /** @param {any} node */
      SvelteText(node) {
        if (node.parent?.type !== 'SvelteStyleElement' && hasWords(node.value)) report(node, node.value);
      },
      /** @param {any} node */
      SvelteMustacheTag(node) {
        const { parent } = node;
        const shown =
          parent.type === 'SvelteAttribute' ? read.has(parent.key.name) : !parent.type.endsWith('Directive');
        if (shown) checkOutcomes(node.expression);
      },
      /** @param {any} node */
      SvelteLiteral(node) {
        const { parent } = node;
        if (parent.type === 'SvelteAttribute' && read.has(parent.key.name) && hasWords(node.value)) {
          report(node, node.value);
        }
      },
      /** @param {any} node */
      Literal(node) {
        if (typeof node.value === 'string' && isSentence(node.value) && !isTechnical(node))
          report(node, node.value);
      },
      /** @param {any} node */
      TemplateLiteral(node) {
        const text = node.quasis.map((/** @type {any} */ { value }) => value.cooked).join('…');
        if (isSentence(text) && !isTechnical(node)) report(node, text);
      },
    };
  },
};
