import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import ts from 'typescript-eslint';

// The rooms and who may enter which. A provider is a value: it never meets a broker, a store or a web framework.
const tag = (sourceTag, onlyDependOnLibsWithTags, bannedExternalImports = []) => ({
  sourceTag,
  onlyDependOnLibsWithTags,
  bannedExternalImports,
});
const machinery = ['express', 'kafkajs', 'nats', '@nats-io/*', 'mongoose', 'mongodb'];
const rooms = [
  tag('room:errors', [], [...machinery, 'undici', 'zod', 'pino', 'luxon']),
  tag('room:contracts', [], ['express', 'kafkajs', '@nats-io/*', 'mongoose', 'undici']),
  tag('room:mapping', ['room:errors'], [...machinery, 'undici']),
  tag('room:bus', ['room:contracts', 'room:errors'], ['express', 'mongoose', 'undici']),
  tag('room:service', ['room:errors'], ['kafkajs', '@nats-io/*', 'mongoose']),
  tag('room:store', ['room:errors', 'room:service'], ['express', 'kafkajs', '@nats-io/*', 'undici']),
  tag(
    'room:provider-kit',
    ['room:errors', 'room:contracts', 'room:mapping', 'room:bus', 'room:service', 'room:store'],
    ['express', 'kafkajs', '@nats-io/*'],
  ),
  tag(
    'room:core',
    ['room:errors', 'room:contracts', 'room:bus', 'room:service', 'room:store'],
    ['kafkajs', '@nats-io/*'],
  ),
  tag('room:provider', ['room:errors', 'room:contracts', 'room:mapping', 'room:provider-kit'], machinery),
  // A simulated vendor knows nothing of the hub and of no other vendor; what all of them stand on is their own.
  tag('room:simulator', ['room:simulator-stage'], []),
  tag('room:simulator-stage', [], []),
  tag('room:tools', [
    'room:errors',
    'room:contracts',
    'room:mapping',
    'room:bus',
    'room:service',
    'room:store',
    'room:provider-kit',
    'room:core',
    'room:provider',
    'room:simulator',
    'room:tools',
  ]),
];

// Rows of a mapping table are declarations: logic belongs to a named conversion with its own test.
const logic =
  'ArrowFunctionExpression, FunctionExpression, FunctionDeclaration, ConditionalExpression, LogicalExpression, BinaryExpression, TemplateLiteral, AwaitExpression, IfStatement';

const boundaries = (depConstraints) => [
  'error',
  { enforceBuildableLibDependency: false, banTransitiveDependencies: true, allow: [], depConstraints },
];

// A test may meet the other side (a simulator) and have servers of its own; what it tests may not.
const roomsOfTests = rooms.map((room) => {
  const others = room.sourceTag.startsWith('room:simulator') ? [] : ['room:simulator', 'room:tools'];
  return { ...room, onlyDependOnLibsWithTags: [...room.onlyDependOnLibsWithTags, ...others] };
});

export default ts.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.stack/**', 'coverage/**'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts', '**/*.mjs'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(rooms),
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A zod schema and its inferred type share one name.
      '@typescript-eslint/no-redeclare': 'off',
      'no-console': 'error',
      'max-params': ['error', 3],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what a room gives away.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: 'Time comes in as an argument (clock).',
        },
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'The environment is read once, in main.ts.',
        },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', '**/testing/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': boundaries(roomsOfTests) },
  },
  {
    files: ['**/*.map.ts'],
    rules: { 'no-restricted-syntax': ['error', { selector: logic, message: 'Only declarations in a mapping table.' }] },
  },
  {
    files: ['**/main.ts', '**/dev.ts', 'tools/**', '**/vitest*.ts', '**/*.spec.ts', '**/*.config.*', '**/*.mjs'],
    rules: { 'no-restricted-syntax': 'off', 'no-console': 'off', 'max-params': 'off' },
  },
  prettier,
);
