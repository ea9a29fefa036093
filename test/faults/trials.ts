import { randomOf } from '../support/random.ts';
import { faultsOf } from '../world/faults.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { MEANWHILES, NO_END, type Kind, type Place, type Plan, type Rig } from './rig.ts';

/** Every call with everything that can go wrong with it. */
export const singleFaults = (places: readonly Place[]): Plan[] =>
  places.flatMap(({ name, operation, size }) => faultsOf(operation, size).map((kind) => ({ name, kind })));

/** Every call, held while something else happens. */
export const interleavings = (places: readonly Place[]): Plan[] =>
  places.flatMap(({ name }) => MEANWHILES.map((kind) => ({ name, kind })));

/** Two faults in one run, of two calls. */
export function randomPairs(
  places: readonly Place[],
  count: number,
  seed: number,
): (readonly [Plan, Plan])[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, () => {
    const [one, other] = random.sample(places, 2);
    const planFor = ({ name, operation, size }: Place): Plan => ({
      name,
      kind: random.pick<Kind>([...faultsOf(operation, size), ...MEANWHILES]),
    });
    return [planFor(one!), planFor(other!)];
  });
}

/** So many of all, spread evenly. */
export function spread<T>(all: readonly T[], wanted: number): T[] {
  const count = Math.min(wanted, all.length);
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!);
}

/** What went otherwise than it should, or than is known. */
export interface Surprise {
  readonly plans: readonly Plan[];
  readonly differences: readonly string[];
  readonly details: unknown;
}

/** Runs plans, and answers with what differs beyond what is known of their places. */
export async function surprisesOf(
  rig: Rig,
  runs: readonly (readonly Plan[])[],
  onRun: (plans: readonly Plan[], differences: readonly string[]) => void = () => undefined,
): Promise<Surprise[]> {
  const surprises: Surprise[] = [];
  for (const plans of runs) {
    const { differences, facts } = await rig.run(plans);
    onRun(plans, differences);
    const known = plans.length === 1 ? knownOf(plans[0]!) : KNOWN_OF_SOME;
    const unknown = differences.filter((name) => !known.has(name));
    const details = unknown.map((name) => ({ name, expected: rig.expected[name], found: facts[name] }));
    if (unknown.length > 0) surprises.push({ plans, differences: unknown, details });
  }
  return surprises;
}

/** What is known to differ after a fault at a place, whichever call of it. */
function knownOf({ name, kind }: Plan): ReadonlySet<string> {
  const same = KNOWN_DIFFERENCES.filter(
    (known) => placeOf(known.name) === placeOf(name) && known.kinds.includes(kind),
  );
  return new Set(same.flatMap(({ differences }) => differences));
}

/** After two faults, other calls than the planned ones meet with the consequences: whatever is known at all can differ. */
const KNOWN_OF_SOME: ReadonlySet<string> = new Set(
  KNOWN_DIFFERENCES.flatMap(({ differences }) => differences).filter((name) => name !== NO_END),
);

const placeOf = (name: string): string => name.slice(0, name.lastIndexOf(' #'));

/** Lines of the list that do not hold any more. @param everyKind or only the first of each line */
export async function staleLines(
  rig: Rig,
  { everyKind }: { readonly everyKind: boolean },
  onRun: (plans: readonly Plan[], differences: readonly string[]) => void = () => undefined,
) {
  const stale: unknown[] = [];
  for (const { name, kinds, differences } of KNOWN_DIFFERENCES)
    for (const kind of everyKind ? kinds : kinds.slice(0, 1)) {
      const { differences: found, missed } = await rig.run([{ name, kind }]);
      onRun([{ name, kind }], found);
      if (missed.length > 0 || JSON.stringify([...found].sort()) !== JSON.stringify(differences))
        stale.push({ name, kind, known: differences, found, missed });
    }
  return stale;
}
