import { GlossError } from '../../../lib/domain/errors.ts';
import { checkIndex } from '../../../lib/steps/index/check-index.ts';
import { costOf, type Cost } from '../../support/cost-of.ts';
import { honestIndex, MANIFEST, narrowed, openChanged, TENANT } from './honest-index.ts';
import { lieOf, placesOf } from './lies.ts';
import { readsOf } from './reads.ts';

/**
 * A process of its own, so that a lie that takes all memory or never ends harms nobody else.
 *   node tell-lies.ts SEED FIRST END
 * Says on a line `honest`, then for each lie `start NUMBER` and a line of JSON.
 */

/** What came of a lie; the worst read decides. */
export interface Told extends Cost {
  readonly number: number;
  readonly kind: string;
  readonly how: string;
  /**
   * `named`: a read refused it. `checked`: answers were others, and the check names it. `harmless`: answers were others.
   * `same`: every answer was as before. `rule`: an answer broke a rule, whatever else was named. `broken`: another error.
   */
  readonly outcome: 'named' | 'checked' | 'harmless' | 'same' | 'rule' | 'broken';
  readonly what: string;
}

const [seed, first, end] = process.argv.slice(2).map(Number) as [number, number, number];
const honest = honestIndex();
const places = placesOf(honest);
const everyId = new Set<string>(honest.segments.map(({ id }) => id));
const say = (line: string) => process.stdout.write(`${line}\n`);

const truth = new Map<string, string>();
for (const { name, writes, run } of readsOf(honest, everyId)) {
  if (!writes) truth.set(name, JSON.stringify(await run(openChanged(honest, []))));
}
const untrue = await findings(openChanged(honest, []));
if (untrue.length > 0)
  throw new Error(`the honest index does not pass the check: ${untrue.slice(0, 3).join('; ')}`);
say('honest');

async function findings(opened: ReturnType<typeof openChanged>): Promise<string[]> {
  const found: string[] = [];
  for await (const { segmentId = '', sk = '', what } of checkIndex(opened, TENANT))
    found.push(`${segmentId} ${sk} ${what}`);
  return found;
}

const isNamed = (error: unknown): error is GlossError =>
  error instanceof GlossError &&
  error.kind === 'corrupt' &&
  /^(manifest version|segment \S+, item .+, byte \d+: |segment \S+: (item .+ is missing|no directory for ))/s.test(
    error.message,
  );

async function tell(number: number): Promise<Omit<Told, keyof Cost>> {
  const { kind, how, changes } = lieOf(honest, places, seed, number);
  let named: string | undefined;
  let broken: string | undefined;
  let fatal: string | undefined;
  let differs = false;
  const touched = new Set<string>(
    changes.map(({ segmentId }) => (segmentId === MANIFEST ? 'v6-whole' : segmentId)),
  );
  const opened = openChanged(honest, changes);
  // What writes, and the check, need no segment that tells the truth.
  const liars = kind === MANIFEST ? honest : narrowed(honest, touched);
  for (const { name, writes, run } of readsOf(honest, touched)) {
    try {
      const answer = JSON.stringify(await run(writes ? openChanged(liars, changes) : opened));
      if (!writes && answer !== truth.get(name)) differs = true;
    } catch (error) {
      const message = `${name}: ${String(error instanceof Error ? (error.stack ?? error.message) : error).slice(0, 400)}`;
      if (isNamed(error)) named ??= message;
      else if (error instanceof Error && error.message.startsWith('RULE BROKEN')) broken ??= message;
      else fatal ??= message;
    }
  }
  let found: string[] = [];
  try {
    found = await findings(openChanged(liars, changes));
  } catch (error) {
    fatal ??= `check: ${String(error instanceof Error ? error.stack : error).slice(0, 400)}`;
  }
  const told = (outcome: Told['outcome'], what = '') => ({ number, kind, how, outcome, what });
  if (fatal !== undefined) return told('broken', fatal);
  if (broken !== undefined) return told('rule', broken);
  if (named !== undefined) return told('named', named.split('\n')[0]);
  if (found.length > 0) return told('checked', found[0]);
  return told(differs ? 'harmless' : 'same');
}

for (let number = first; number < end; number += 1) {
  say(`start ${number}`);
  const { value, ...cost } = await costOf(() => tell(number));
  say(JSON.stringify({ ...value, ...cost } satisfies Told));
}
