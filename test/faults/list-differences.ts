/**
 * Prints the lines of known-differences.ts that a whole run calls for:
 * `GLOSS_FAULT_REPORT=/tmp/report npm run test:faults; node test/faults/list-differences.ts /tmp/report`
 */
import { readFileSync } from 'node:fs';
import type { Plan } from './rig.ts';

interface Run {
  readonly plans: readonly Plan[];
  readonly differences: readonly string[];
}

const lines = readFileSync(process.argv[2]!, 'utf8').trim().split('\n');
const runs = lines.map((line) => JSON.parse(line) as Run);
/** By place and differences: the calls that show them, each with its kinds. */
const shown = new Map<string, Map<string, Set<string>>>();
/** What is to be shown of a place and a kind, until every difference is. */
const covered = new Map<string, Set<string>>();

const failed = runs.filter(({ plans, differences }) => plans.length === 1 && differences.length > 0);
for (const { plans, differences } of failed.toSorted((a, b) => b.differences.length - a.differences.length)) {
  const { name, kind } = plans[0]!;
  const place = name.slice(0, name.lastIndexOf(' #'));
  const seen = covered.get(`${place} ${kind}`) ?? new Set<string>();
  const key = JSON.stringify([place, differences.toSorted()]);
  const isNew = differences.some((difference) => !seen.has(difference));
  const isSame = [...(shown.get(key)?.values() ?? [])].some((kinds) => kinds.has(kind));
  if (!isNew && !isSame) continue;
  covered.set(`${place} ${kind}`, new Set([...seen, ...differences]));
  const names = shown.get(key) ?? new Map<string, Set<string>>();
  shown.set(key, names.set(name, (names.get(name) ?? new Set()).add(kind)));
}

for (const [key, names] of [...shown].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const [, differences] = JSON.parse(key) as [string, string[]];
  const left = new Set([...names.values()].flatMap((kinds) => [...kinds]));
  const of = ([, kinds]: [string, Set<string>]) => kinds.intersection(left).size;
  while (left.size > 0) {
    const [name, all] = [...names].reduce((best, one) => (of(one) > of(best) ? one : best));
    const kinds = [...all.intersection(left)];
    for (const kind of kinds) left.delete(kind);
    console.log(`  ${JSON.stringify({ name, kinds, differences })},`);
  }
}
