/**
 * Errors that people read are made by `AppError.of`, from messages in every language; `new AppError` has its words in
 * English alone.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const errorsInMessages = {
  meta: {
    type: 'problem',
    docs: { description: 'errors are made from messages, which every language has' },
    schema: [],
    messages: {
      words:
        'Put the words into messages/en/errors.json and messages/zh-Hans/errors.json and use AppError.of (CONTRIBUTING.md, Words).',
    },
  },
  create(context) {
    return {
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'AppError')
          context.report({ node, messageId: 'words' });
      },
    };
  },
};
