import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  { ignores: ['cdk.out/', 'coverage/', '.gloss/', '**/*.js', '**/*.mjs'] },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      // Index reads on typed arrays are `number | undefined` to the compiler; hot loops prove their own bounds.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_' }],
      'no-console': 'error',
    },
  },
  {
    files: ['lib/cli/**', 'lib/tools/**', 'infra/app.ts', 'test/**', 'docs/examples/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // Messages of errors reach customers. What a service, a library or the system said stays in the cause.
    files: ['lib/adapters/**', 'lib/steps/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'TemplateLiteral CallExpression[callee.name="String"], TemplateLiteral MemberExpression[property.name=/^(message|stack|cause)$/]',
          message: 'no text of another error in a message of ours: give it as the cause',
        },
        {
          selector: 'MemberExpression[object.name=/^(cause|error)$/][property.name=/^(message|stack)$/]',
          message: 'the text of an error is for logs; what reaches customers is written here',
        },
        {
          selector:
            'Property[key.name="pk"] > ObjectExpression.value, Property[key.value=/^:?pk$/] > ObjectExpression.value',
          message: 'a partition key is made by lib/adapters/partitions.ts: give its pkValue',
        },
      ],
    },
  },
);
