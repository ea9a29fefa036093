import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { isTransient, GlossError, type ErrorKind } from '../../lib/domain/errors.ts';
import { Adoption } from '../../lib/api/strays/schema.ts';

/** docs/errors.md has every code that the source gives, and no other. */

const ROOT = join(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');

/** Codes that are put together, by how they are written. */
const PUT_TOGETHER: Readonly<Record<string, readonly string[]>> = {
  'error.code': [], // handed on
  'failure.code': [],
  'facts.code': [],
  'told.code': [],
  code: ['under_way', 'done_before'], // lib/api/idempotency.ts
  kind: [],
  BUDGET_USED_UP: ['budget_used_up'],
  'codeOf(what)': ['images_limit', 'bytes_limit'],
  '`unreadable_${what}`': [
    'record',
    'gloss',
    'stray',
    'key',
    'tenant',
    'usage',
    'receiver',
    'webhook',
    'asked',
  ].map((what) => `unreadable_${what}`),
  "failure?.code ?? 'failed'": ['failed'],
  "timedOut ? 'function_timed_out' : 'function_failed'": ['function_timed_out', 'function_failed'],
};

/** Kinds of the errors that have a code, where they are written beside it. */
const kindsOf = new Map<string, Set<ErrorKind>>();

function codesIn(path: string): string[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(join(ROOT, path), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: string[] = [];
  const add = (node: ts.Node | undefined) => {
    if (!node) return;
    if (ts.isStringLiteral(node)) found.push(node.text);
    else {
      const codes = PUT_TOGETHER[node.getText(source)];
      if (!codes) throw new Error(`${path}: which codes is ${node.getText(source)}?`);
      found.push(...codes);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const name = node.expression.getText(source);
      if (name === 'GlossError') {
        const before = found.length;
        add(node.arguments?.[1]);
        const kind = node.arguments?.[0];
        if (kind && ts.isStringLiteral(kind))
          for (const code of found.slice(before))
            kindsOf.set(code, (kindsOf.get(code) ?? new Set()).add(kind.text as ErrorKind));
      }
      // A problem of the client: its facts are an object, or come from elsewhere.
      if (name === 'GlossProblem' && node.arguments?.[1] && ts.isObjectLiteralExpression(node.arguments[1]))
        for (const property of node.arguments[1].properties)
          if (ts.isPropertyAssignment(property) && property.name.getText(source) === 'code')
            add(property.initializer);
    }
    if (
      ts.isPropertyAssignment(node) &&
      node.name.getText(source) === 'code' &&
      path.includes('/steps/images/')
    )
      if (ts.isStringLiteral(node.initializer)) found.push(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = globSync(
  [
    'lib/{api,steps,adapters,domain,index,query,rank,text,vision,lexicon,ports,client}/**/*.ts',
    'functions/**/*.ts',
  ],
  { cwd: ROOT },
).filter((path) => !path.includes('/memory-'));
const codes = new Set([
  ...files.flatMap(codesIn),
  'method_not_allowed', // lib/api/route-not-found.ts, in a class of its own
  ...Adoption.shape.refused.element.shape.code.options,
]);

it('names every code', () => {
  expect(codes.size).toBeGreaterThan(100);
  expect([...codes].filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});

it('names no code that there is not', () => {
  const named = [...page.matchAll(/^\| (?:\d{3} {4}\| )?`(\w+)`/gm)].map(([, code]) => code!);
  expect(named.length).toBeGreaterThan(90);
  expect(named.filter((code) => !codes.has(code))).toEqual([]);
});

/** As lib/api/error-response.ts answers. */
const STATUS: Partial<Record<ErrorKind, string>> = {
  invalid: '400',
  unauthorized: '401',
  forbidden: '403',
  not_found: '404',
  conflict: '409',
  gone: '410',
  too_large: '413',
  throttled: '429',
  internal: '500',
  unreadable: '500',
  unavailable: '503',
};

it('says the status that each is answered with', () => {
  const wrong = [...page.matchAll(/^\| (\d{3}) {4}\| `(\w+)`/gm)].filter(([, status, code]) => {
    const kinds = kindsOf.get(code!);
    return kinds && ![...kinds].some((kind) => STATUS[kind] === status);
  });
  expect(wrong.map(([row]) => row)).toEqual([]);
});

it('says whether trying a picture again helps', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` +\| (yes|no) /gm)];
  expect(rows.length).toBeGreaterThan(20);
  const wrong = rows.filter(([, code, helps]) =>
    [...(kindsOf.get(code!) ?? [])].some(
      (kind) => isTransient(new GlossError(kind, code!, '')) !== (helps === 'yes'),
    ),
  );
  expect(wrong.map(([row]) => row)).toEqual([]);
});
