import { randomOf } from '../support/random.ts';
import { faultsOf } from '../world/faults.ts';
import { MEANWHILES, type Kind, type Place, type Plan, type Rig } from './rig.ts';

/** Every call with everything that can go wrong with it. */
export const singleFaults = (places: readonly Place[]): Plan[] =>
  places.flatMap(({ name, operation, size }) => faultsOf(operation, size).map((kind) => ({ name, kind })));

/** Every call, held while something else happens. */
export const interleavings = (places: readonly Place[]): Plan[] =>
  places.flatMap(({ name }) => MEANWHILES.map((kind) => ({ name, kind })));

/** Two faults in one run, of two calls: of any, and in every other run of two in one chapter. There is no last pair. */
export function* randomPairs(places: readonly Place[], seed: number): Generator<readonly [Plan, Plan]> {
  const random = randomOf(seed);
  for (let i = 0; ; i += 1) {
    const chapter = random.pick(places).chapter;
    const near = places.filter((place) => place.chapter === chapter);
    const [one, other] = random.sample(i % 2 === 0 && near.length > 1 ? near : places, 2);
    const planFor = ({ name, operation, size }: Place): Plan => ({
      name,
      kind: random.pick<Kind>([...faultsOf(operation, size), ...MEANWHILES]),
    });
    yield [planFor(one!), planFor(other!)];
  }
}

/** So many of all, spread evenly. */
export function spread<T>(all: readonly T[], wanted: number): T[] {
  const count = Math.min(wanted, all.length);
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!);
}

/** A run that ended otherwise than one without faults. */
export interface Surprise {
  readonly plans: readonly Plan[];
  readonly differences: readonly string[];
  readonly details: unknown;
}

/**
 * Runs plans, and answers with what differs.
 * @param wanted ends once so many runs had all of their faults: the first of two may keep the call of the second from coming
 */
export async function surprisesOf(
  rig: Rig,
  runs: Iterable<readonly Plan[]>,
  onRun: (plans: readonly Plan[], differences: readonly string[]) => void = () => undefined,
  wanted = Infinity,
): Promise<Surprise[]> {
  const surprises: Surprise[] = [];
  let whole = 0;
  for (const plans of runs) {
    if (whole === wanted) break;
    const { missed, facts, ...outcome } = await rig.run(plans);
    // The run is the same up to its first fault, so that call comes.
    const differences = missed.length === plans.length ? ['no fault'] : outcome.differences;
    if (missed.length === 0) whole += 1;
    onRun(
      plans.filter(({ name }) => !missed.includes(name)),
      differences,
    );
    const details = differences.map((name) => ({ name, expected: rig.expected[name], found: facts[name] }));
    if (differences.length > 0) surprises.push({ plans, differences, details });
  }
  return surprises;
}
