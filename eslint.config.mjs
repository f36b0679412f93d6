import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { moduleBorders } from './scripts/eslint/module-borders.mjs';

const untyped = ['**/*.mjs', '**/*.js'];
const nodeGlobals = [
  'console',
  'process',
  'URL',
  'setTimeout',
  'setInterval',
  'clearTimeout',
  'clearInterval',
  'fetch',
  'performance',
  'Buffer',
  'AbortSignal',
];

export default defineConfig(
  globalIgnores(['dist/', '**/node_modules/', '.data*/', 'coverage/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { kim: { rules: { 'module-borders': moduleBorders } } },
    rules: {
      'kim/module-borders': 'error',
      'max-lines': ['error', 400],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Nest's modules are classes that hold nothing but their decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // A number or a boolean in a sentence reads as it is meant; an object does not.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Arrow functions that pass on what a void function returns are how callbacks are written here.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // `process.env['PORT']` says that the name is not known to the compiler.
      '@typescript-eslint/dot-notation': 'off',
      // Handlers and adapters keep a promise in their signature also where they have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Tests and wire formats say `!` where the line before has made sure; `any` stays forbidden.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // The classes of bodies and answers say what fields there are; what has these fields is a plain object.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // Ports are objects of functions that close over what they need; nothing in them reads `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Prettier shows by its layout what continues on the next line.
      'no-unexpected-multiline': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    // A decision gets the moment and its new ids as values, so that it can be made again and comes out the same.
    files: ['src/*/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'performance',
        'crypto',
        'setTimeout',
        'setInterval',
        'fetch',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The moment comes in as a value.' },
        { object: 'Math', property: 'random', message: 'Random numbers come in as values.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The moment comes in as a value.',
        },
      ],
    },
  },
  {
    // What an application answers is looked into as it comes; what is missing fails where it is looked for.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: untyped,
    languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])) },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
);
