import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import { semblance } from './scripts/lint/plugin.js';
import { compileMessages } from './scripts/messages/compile.mjs';

const root = import.meta.dirname;

// Rules that know types need those of the messages.
await compileMessages();

export default defineConfig(
  globalIgnores([
    'out/',
    'src/shared/messages/',
    'coverage/',
    'test-results/',
    '.runtime/',
    'test/fixtures/',
    'bench/peers/.venv/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    plugins: { semblance },
    languageOptions: {
      globals: globals.node,
      parserOptions: { project: ['./tsconfig.json'], tsconfigRootDir: root },
    },
    rules: {
      'semblance/layers': 'error',
      'semblance/no-network': 'error',
      eqeqeq: 'error',
      // Hot loops over typed arrays know their bounds; the compiler does not.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // An index loop over typed arrays is the idiom here, and often walks several of them at once.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/consistent-type-imports': 'off', // the compiler's verbatimModuleSyntax asks for it
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // An interface method that has nothing to wait for may still promise.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off', // noUncheckedIndexedAccess already speaks up
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    // The page: its own compiler options, a browser's globals, Svelte components.
    files: ['src/renderer/**/*.{ts,svelte}'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        project: ['./tsconfig.renderer.json'],
        extraFileExtensions: ['.svelte'],
        parser: ts.parser,
        tsconfigRootDir: root,
      },
    },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // The page's security policy forbids style attributes in markup; `style:width={…}` is set by script and passes.
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"]',
          message: 'The content security policy blocks style attributes: use a class or style:property={…}.',
        },
      ],
    },
  },
  {
    // What people read in the window, its menus and dialogs has a translation.
    files: ['src/renderer/**/*.{ts,svelte}', 'src/main/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'semblance/words-in-messages': 'error' },
  },
  {
    // What goes wrong is told in every language. The terminal speaks English: its own usage errors stay with it.
    files: ['src/**/*.{ts,svelte}'],
    ignores: ['**/*.test.ts', 'src/cli/**', 'src/shared/errors.ts'],
    rules: { 'semblance/errors-in-messages': 'error' },
  },
  {
    // Tests of the window: partly run in Node, partly in the page.
    files: ['test/**'],
    languageOptions: { parserOptions: { project: ['./test/tsconfig.json'], tsconfigRootDir: root } },
    // How Playwright wants a fixture that uses no other.
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  {
    // A declaration file cannot import another one without ceasing to be global.
    files: ['**/*.d.ts'],
    rules: { '@typescript-eslint/triple-slash-reference': ['error', { path: 'always' }] },
  },
  {
    // TypeScript resolves names better than no-undef does.
    files: ['**/*.ts', '**/*.svelte', '**/*.{js,mjs}'],
    rules: { 'no-undef': 'off' },
  },
  {
    // These rules do not see the casts of JSDoc; the compiler does.
    files: ['**/*.{js,mjs}'],
    rules: {
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    // CommonJS inside Electron's main process, on interfaces Electron keeps to itself: not type-checked.
    files: ['scripts/electron/default-app.cjs', 'test/e2e/*.cjs'],
    extends: [ts.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.test.ts', 'test/**', 'bench/**'],
    rules: {
      // expect.any(…) and friends are typed any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // The guards that disarm the network have to name it, and so do their tests and the proof that nothing connects.
    files: ['src/**/no-network*.ts', 'src/**/network-guard*.ts', 'test/**', 'scripts/**'],
    rules: { 'semblance/no-network': 'off' },
  },
  {
    // What the program itself is made of.
    files: ['src/**'],
    ignores: [
      'src/**/*.test.ts',
      'src/main/no-network.ts',
      'src/engine/no-network.ts',
      // Started by that; it hears from who started it.
      'src/engine/draw-thread-entry.ts',
      'src/engine/learning-thread-entry.ts',
      'src/engine/maker-thread-entry.ts',
      'src/engine/recogniser-thread-entry.ts',
    ],
    rules: { 'semblance/no-processes': 'error' },
  },
);
