import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CORE = ['domain', 'lexicon', 'text', 'rank', 'index', 'query', 'vision'];

interface Rule {
  /** Modules of this project besides itself. */
  readonly modules: readonly string[];
  /** Packages; `*` at the end stands for anything. */
  readonly packages: readonly string[];
  /** Whether it may take types alone. */
  readonly typesOnly?: true;
}

/** Who may import what; a module that is not here may not exist. */
const RULES: Readonly<Record<string, Rule>> = {
  domain: { modules: [], packages: ['node:crypto'] },
  // Its table is a file beside the code, read once like the code itself: no input that a caller could hand in.
  lexicon: { modules: ['domain'], packages: ['node:fs', 'node:zlib'] },
  // Checksums are counted, nothing is read or written.
  vision: { modules: ['domain'], packages: ['zod', 'jsonrepair', 'node:zlib'] },
  text: { modules: ['domain', 'lexicon'], packages: [] },
  rank: { modules: ['domain'], packages: [] },
  index: { modules: ['domain', 'text', 'rank'], packages: ['node:zlib', 'zod'] },
  query: { modules: ['domain', 'text', 'rank', 'index'], packages: [] },
  cost: { modules: ['domain', 'vision'], packages: [] },
  ports: { modules: CORE, packages: [], typesOnly: true },
  steps: { modules: [...CORE, 'ports'], packages: ['zod'] },
  adapters: {
    modules: [...CORE, 'ports'],
    packages: [
      'node:*',
      '@aws-sdk/*',
      '@smithy/*',
      '@aws-lambda-powertools/*',
      'aws-jwt-verify*',
      'lru-cache',
      'sharp',
      'jxl-oxide-wasm',
      'exifreader',
      '@xmldom/xmldom',
      'zod',
    ],
  },
  api: {
    modules: [...CORE, 'ports', 'steps', 'client', 'mcp'],
    packages: ['hono', 'hono/*', '@hono/*', '@modelcontextprotocol/sdk/*', 'zod', 'node:*'],
  },
  mcp: { modules: ['domain', 'client'], packages: ['@modelcontextprotocol/sdk/*', 'zod'] },
  files: { modules: ['domain', 'api'], packages: ['zod', '@xmldom/xmldom', 'node:*'] },
  client: { modules: ['domain', 'vision'], packages: [] },
  web: { modules: ['api'], packages: [], typesOnly: true },
  cli: {
    modules: [
      ...CORE,
      'ports',
      'steps',
      'adapters',
      'api',
      'client',
      'mcp',
      'cost',
      'files',
      'lab',
      'web',
      'functions',
      'infra/local',
      'infra',
    ],
    packages: ['*'],
  },
  lab: {
    modules: [...CORE, 'ports', 'steps', 'adapters', 'api', 'files', 'infra/local'],
    packages: ['*'],
  },
  tools: {
    modules: [...CORE, 'steps', 'adapters', 'api', 'files', 'lab', 'cli', 'infra/local'],
    packages: ['*'],
  },
  functions: { modules: [...CORE, 'ports', 'steps', 'adapters', 'api', 'web'], packages: ['*'] },
  'infra/local': {
    modules: [...CORE, 'ports', 'steps', 'adapters', 'api', 'files', 'web', 'functions', 'infra'],
    packages: ['*'],
  },
  infra: {
    modules: ['domain'],
    packages: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'esbuild', 'zod', 'node:*'],
  },
};

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const files = globSync(['lib/**/*.{ts,js}', 'functions/**/*.ts', 'infra/**/*.ts'], { cwd: ROOT }).filter(
  (path) => !path.endsWith('.d.ts'),
);

const parse = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest, true);

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

/** Comments of JavaScript as well, which import types. */
function visitWithDocs(source: ts.SourceFile, see: (node: ts.Node) => void): void {
  visit(source, (inner) => {
    see(inner);
    if (/\.js$/.test(source.fileName))
      for (const doc of (inner as { readonly jsDoc?: readonly ts.Node[] }).jsDoc ?? []) visit(doc, see);
  });
}

function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  visitWithDocs(source, (node) => {
    if (ts.isJSDocImportTag(node) && ts.isStringLiteral(node.moduleSpecifier))
      found.push({ specifier: node.moduleSpecifier.text, typeOnly: true });
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause;
      const named = clause?.namedBindings;
      const everyNameIsType =
        clause !== undefined &&
        !clause.name &&
        named !== undefined &&
        ts.isNamedImports(named) &&
        named.elements.every(({ isTypeOnly }) => isTypeOnly);
      const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || everyNameIsType;
      found.push({ specifier: node.moduleSpecifier.text, typeOnly });
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      found.push({ specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      found.push({
        specifier: specifier && ts.isStringLiteral(specifier) ? specifier.text : '?',
        typeOnly: false,
      });
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      found.push({ specifier: node.argument.literal.text, typeOnly: true });
    }
  });
  return found;
}

function moduleOf(path: string): string {
  const [top, second] = path.split('/');
  if (top === 'lib') return second!;
  return top === 'infra' && second === 'local' ? 'infra/local' : top!;
}

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** Why a file may not import this; undefined where it may. */
function objection(path: string, { specifier, typeOnly }: Import): string | undefined {
  const from = moduleOf(path);
  const rule = RULES[from];
  if (!rule) return `${path}: no rule for the module "${from}"`;
  if (!specifier.startsWith('.')) {
    const allowed = rule.packages.some((pattern) => matches(pattern, specifier));
    return allowed ? undefined : `${path}: ${from} may not import the package ${specifier}`;
  }
  const to = moduleOf(relative(ROOT, join(ROOT, dirname(path), specifier)));
  if (to === from) return undefined;
  if (!rule.modules.includes(to)) return `${path}: ${from} may not import ${to} (${specifier})`;
  if (rule.typesOnly && !typeOnly)
    return `${path}: ${from} may import types of ${to}, not values (${specifier})`;
  return undefined;
}

describe('imports', () => {
  it('go only where the layout allows', () => {
    expect(files.length).toBeGreaterThan(50);
    const objections = files.flatMap((path) => importsOf(parse(path)).map((found) => objection(path, found)));
    expect(objections.filter((text) => text !== undefined)).toEqual([]);
  });

  it.each<[string, string, boolean]>([
    ['lib/domain/x.ts', `import { a } from '../index/segment/manifest.ts'`, false],
    ['lib/query/x.ts', `import { a } from '../index/segment/manifest.ts'`, true],
    ['lib/index/x.ts', `import type { A } from '../query/evaluate/top-k.ts'`, false],
    ['lib/rank/x.ts', `import { readFile } from 'node:fs/promises'`, false],
    ['lib/rank/x.ts', `export { S3 } from '@aws-sdk/client-s3'`, false],
    ['lib/lexicon/x.ts', `import { readFileSync } from 'node:fs'`, true],
    ['lib/text/x.ts', `import { readFileSync } from 'node:fs'`, false],
    ['lib/vision/x.ts', `const sharp = await import('sharp')`, false],
    ['lib/ports/x.ts', `import { a } from '../domain/ids.ts'`, false],
    ['lib/ports/x.ts', `import { type A } from '../domain/ids.ts'`, true],
    ['lib/ports/x.ts', `import type { A } from '../domain/ids.ts'`, true],
    ['lib/steps/x.ts', `import type { A } from '../adapters/dynamo-errors.ts'`, false],
    ['lib/steps/x.ts', `type A = import('../adapters/dynamo-errors.ts').A`, false],
    ['lib/api/x.ts', `import { a } from '../adapters/dynamo-errors.ts'`, false],
    ['lib/api/search/x.ts', `import { a } from '../../steps/search/search.ts'`, true],
    ['lib/client/x.ts', `import { a } from '../domain/picture-type.ts'`, true],
    ['lib/client/x.ts', `import type { A } from '../api/app.ts'`, false],
    ['lib/client/x.ts', `import { readFile } from 'node:fs/promises'`, false],
    ['lib/web/x.js', `/** @import { A } from '../api/problem.ts' */`, true],
    ['lib/web/x.js', `/** @import { A } from '../steps/search.ts' */`, false],
    ['lib/web/x.js', `/** @typedef {import('../steps/search.ts').A} A */`, false],
    ['infra/x.ts', `import { a } from '../lib/domain/ids.ts'`, true],
    ['infra/x.ts', `import { a } from '../lib/steps/search/search.ts'`, false],
    ['lib/helpers/x.ts', `import { a } from '../domain/ids.ts'`, false],
  ])('in %s: %s is allowed: %s', (path, text, allowed) => {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const [found] = importsOf(source);
    expect(objection(path, found!) === undefined).toBe(allowed);
  });
});

/** Groups of nodes that reach each other. Source: Tarjan, "Depth-first search and linear graph algorithms", 1972. */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  function visitNode(node: string): void {
    order.set(node, order.size);
    lowest.set(node, order.get(node)!);
    stack.push(node);
    open.add(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visitNode(next);
      if (open.has(next)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(next)!));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    for (const one of group) open.delete(one);
    if (group.length > 1 || graph.get(node)?.includes(node)) circles.push(group.sort());
  }
  for (const node of graph.keys()) if (!order.has(node)) visitNode(node);
  return circles;
}

describe('circles', () => {
  it('are formed by no imports, those of types counted, inside modules too', () => {
    const known = new Set(files);
    const graph = new Map(
      files.map((path) => {
        const imported = importsOf(parse(path)).map(({ specifier }) =>
          relative(ROOT, join(ROOT, dirname(path), specifier)),
        );
        return [path, imported.filter((other) => known.has(other))] as const;
      }),
    );
    const arrows = [...graph.values()].reduce((sum, { length }) => sum + length, 0);
    expect(arrows).toBeGreaterThan(files.length);
    expect(circlesOf(graph)).toEqual([]);
  });

  it('are formed by no two modules of the layout', () => {
    const graph = new Map(Object.entries(RULES).map(([module, { modules }]) => [module, modules]));
    expect(circlesOf(graph)).toEqual([]);
  });

  it.each<[string, Record<string, string[]>, string[][]]>([
    ['none', { a: ['b', 'c'], b: ['c'], c: [] }, []],
    ['two that name each other', { a: ['b'], b: ['a'] }, [['a', 'b']]],
    ['a long one, entered from outside', { x: ['a'], a: ['b'], b: ['c'], c: ['a'] }, [['a', 'b', 'c']]],
    ['two apart', { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] }, [['c', 'd'], ['a', 'b']]], // prettier-ignore
    ['one that names itself', { a: ['a'] }, [['a']]],
  ])('would be found: %s', (_, graph, expected) => {
    expect(circlesOf(new Map(Object.entries(graph)))).toEqual(expected);
  });
});

const IMPURE = [
  'Date.now',
  'new Date',
  'Math.random',
  'performance.now',
  'process.env',
  'crypto.randomUUID',
  'randomUUID',
  'randomBytes',
  'setTimeout',
  'setInterval',
  'fetch',
  'console.log',
];

/** What in a file depends on more than its input, or makes it wait. */
function impuritiesOf(source: ts.SourceFile): string[] {
  const found: string[] = [];
  visit(source, (node) => {
    if (ts.isPropertyAccessExpression(node) || ts.isIdentifier(node)) found.push(node.getText(source));
    if (ts.isNewExpression(node) && !node.arguments?.length)
      found.push(`new ${node.expression.getText(source)}`);
    if (node.kind === ts.SyntaxKind.AsyncKeyword || node.kind === ts.SyntaxKind.AwaitExpression)
      found.push('async');
  });
  return found.filter((text) => text === 'async' || IMPURE.includes(text));
}

describe('the core', () => {
  const core = files.filter((path) => path.startsWith('lib/') && CORE.includes(moduleOf(path)));

  it('knows no clock, no chance, no environment and no waiting', () => {
    expect(core.length).toBeGreaterThan(30);
    expect(core.flatMap((path) => impuritiesOf(parse(path)).map((text) => `${path}: ${text}`))).toEqual([]);
  });

  it.each(['const a = Date.now();', 'new Date()', 'async () => 1', 'if (process.env.X) {}', 'Math.random()'])(
    'could not hide %s',
    (text) => {
      expect(impuritiesOf(ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true))).toHaveLength(1);
    },
  );
});
