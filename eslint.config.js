import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { cyclesRule } from './scripts/eslint/cycles.mjs'
import { layersRule } from './scripts/eslint/layers.mjs'

const ambient = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The present instant comes from Runtime.now.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'The present instant comes from Runtime.now.',
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'The present instant comes from Runtime.now.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Randomness comes from Runtime.',
  },
  {
    selector:
      'MemberExpression[object.name=/^(crypto|webcrypto)$/][property.name=/^(randomUUID|randomBytes|randomInt|randomFillSync|getRandomValues)$/]',
    message: 'Randomness comes from Runtime.',
  },
  {
    selector:
      'ImportDeclaration[source.value=/^(node:)?crypto$/] ImportSpecifier[imported.name=/^(randomUUID|randomBytes|randomInt|randomFill|randomFillSync|getRandomValues)$/]',
    message: 'Randomness comes from Runtime.',
  },
]
const environment = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Only the command reads the environment; the library is told by its caller.',
  },
]

/** The page of the console shows what strangers wrote: text goes in as text. */
const sinks =
  '/^(innerHTML|outerHTML|insertAdjacentHTML|setHTML|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment|srcdoc|write|writeln)$/'
const markup = [
  `MemberExpression[property.name=${sinks}]`,
  `MemberExpression[property.value=${sinks}]`,
  "NewExpression[callee.name='DOMParser']",
  'CallExpression[callee.property.name=/^setAttribute/] > Literal:first-child[value=/^(on|style$|src)/i]',
  'MemberExpression[property.name=/^on[a-z]+$/]',
].map((selector) => ({ selector, message: 'Elements are made by createElement, their text by textContent.' }))

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'docs/site/', 'fixtures/', 'node_modules/'] },
  {
    // The rules of the core that find mistakes; those that TypeScript or Prettier sees to are left out.
    rules: Object.fromEntries(
      [
        'no-async-promise-executor',
        'no-case-declarations',
        'no-cond-assign',
        'no-constant-condition',
        'no-debugger',
        'no-duplicate-case',
        'no-empty',
        'no-empty-character-class',
        'no-eval',
        'no-ex-assign',
        'no-fallthrough',
        'no-implied-eval',
        'no-irregular-whitespace',
        'no-loss-of-precision',
        'no-new-func',
        'no-proto',
        'no-prototype-builtins',
        'no-regex-spaces',
        'no-self-assign',
        'no-self-compare',
        'no-sparse-arrays',
        'no-unsafe-finally',
        'no-unsafe-optional-chaining',
        'no-unused-labels',
        'no-useless-backreference',
        'no-useless-catch',
        'no-useless-escape',
        'no-var',
        'prefer-const',
      ].map((rule) => [rule, 'error']),
    ),
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Implementations of an asynchronous interface, and numbers in messages, are fine.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // `import { type A }` would load the module at run time, `import type { A }` does not.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-expect-error': true }],
      // `{}` is the neutral element of an intersection of message types.
      '@typescript-eslint/no-empty-object-type': ['error', { allowObjectTypes: 'always' }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { house: { rules: { cycles: cyclesRule, layers: layersRule } } },
    rules: {
      'house/cycles': 'error',
      'house/layers': 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...ambient, ...environment],
    },
  },
  {
    files: ['src/technical/environment/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...environment] },
  },
  {
    files: ['src/cli/**/*.ts'],
    rules: { 'no-console': 'off', 'no-restricted-syntax': 'off' },
  },
  {
    files: ['src/cli/console/browser/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...markup],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['../**', 'node:*'],
              allowTypeImports: true,
              message: 'The browser has this folder only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['examples/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/src/**', '**/dist/**'], message: 'An example is what a user writes.' }] },
      ],
    },
  },
  {
    // Tests read foreign JSON and hand wrong values on purpose.
    files: ['test/**/*.ts', 'conformance/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      // A type test says so: what follows must not compile.
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-expect-error': false }],
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
)
