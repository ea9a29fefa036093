import { readTopology } from '../../infra/local/topology.ts';
import { localTemplate } from '../../infra/local/local-template.ts';
import { join } from 'node:path';
import type { Call } from '../world/call.ts';
import type { Fault } from '../world/faults.ts';
import { installWorld } from '../world/install.ts';
import { Service } from '../world/service.ts';
import { SQS_ENDPOINT, World, type Mishap } from '../world/world.ts';
import { differencesOf } from './compare.ts';
import { countOf, observeEnd, observeLife, observeNeighbour, VIEWS, type Facts } from './observe.ts';
import { CHAPTERS, drawPictures, prepare, type Notes, type Pictures } from './story.ts';

/** The difference of a story that cannot be played to its end, or of which the end cannot be looked at. */
export const NO_END = 'no end';

/** Chapters that make the index anew, and hide what was wrong with it: it is looked at before them, too. */
const MASKING: ReadonlySet<string> = new Set(['reindex', 'lost index']);

/** What is compared at the end alone. The old key ends while the story goes on, sooner where something waits. */
const NOT_BEFORE: ReadonlySet<string> = new Set([VIEWS, 'answers', 'old key']);

const PROJECT = join(import.meta.dirname, '../..');
const SEED = 1;

/** Something else that happens while a call is held, so that it falls between two calls of one process. */
export const MEANWHILES = ['all else runs', 'the same again', 'the schedules run'] as const;
export type Meanwhile = (typeof MEANWHILES)[number];
const isMeanwhile = (kind: Kind): kind is Meanwhile => (MEANWHILES as readonly Kind[]).includes(kind);
export type Kind = Fault | Meanwhile;

/** One call, by its name in the run without faults, and what goes wrong with it. */
export interface Plan {
  readonly name: string;
  readonly kind: Kind;
}

/** A call of the run without faults. */
export interface Place extends Pick<Call, 'name' | 'place' | 'operation' | 'size'> {
  /** Of the chapter that it is in. */
  readonly chapter: number;
}

export interface Outcome {
  /** Short names; none where the fault left nothing behind. */
  readonly differences: readonly string[];
  /** Names of planned calls that never came. */
  readonly missed: readonly string[];
  readonly facts: Facts;
  /** Its calls, from the first chapter with a fault on. */
  readonly places: readonly Place[];
}

interface Moment {
  readonly world: World;
  readonly notes: Notes;
}

const copyOf = ({ world, notes }: Moment): Moment => ({ world: world.copy(), notes: structuredClone(notes) });

/** Runs the story with faults, and compares how it ends with the run without any. */
export class Rig {
  readonly #pictures: Pictures;
  /** The world before each chapter, at rest. */
  readonly #moments: readonly Moment[];
  readonly expected: Facts;
  /** Every call of the run without faults, in order. */
  readonly places: readonly Place[];

  private constructor(
    pictures: Pictures,
    moments: readonly Moment[],
    expected: Facts,
    places: readonly Place[],
  ) {
    this.#pictures = pictures;
    this.#moments = moments;
    this.expected = expected;
    this.places = places;
  }

  static async open(): Promise<Rig> {
    installWorld();
    const template = await localTemplate(PROJECT, { onProgress: () => undefined });
    const site = { stackName: 'Gloss', sqsEndpoint: SQS_ENDPOINT, apiUrl: 'http://localhost' };
    const topology = readTopology(template, site);
    const pictures = await drawPictures();
    // The first run decodes the pictures and reads files of configuration, which the others find in memory.
    let moments: Moment[] = [];
    let played: Awaited<ReturnType<typeof play>> | undefined;
    for (let run = 0; run < 2; run += 1) {
      moments = [];
      const world = new World(topology, SEED);
      const notes = await prepare(world);
      played = await play({ world, notes }, 0, pictures, (moment) => moments.push(copyOf(moment)));
    }
    const { facts, places } = played!;
    return new Rig(pictures, moments, facts, places);
  }

  /** The story once more, without faults. */
  replay() {
    return play(copyOf(this.#moments[0]!), 0, this.#pictures, undefined);
  }

  /** @param plans at most one for each call */
  async run(plans: readonly Plan[]): Promise<Outcome> {
    const chapters = plans.map(({ name }) => this.places.find((place) => place.name === name)?.chapter ?? 0);
    const first = Math.min(...chapters);
    const start = copyOf(this.#moments[first]!);
    const left = new Map(plans.map(({ name, kind }) => [name, kind]));
    try {
      const played = await play(start, first, this.#pictures, undefined, left);
      // What was looked at in earlier chapters is as in the run without faults.
      const facts = { ...factsBefore(this.expected, first), ...played.facts };
      const { places } = played;
      return { differences: differencesOf(this.expected, facts), missed: [...left.keys()], facts, places };
    } catch (error) {
      const facts = { [NO_END]: String(error) };
      return { differences: [NO_END], missed: [...left.keys()], facts, places: [] };
    }
  }
}

/** What was looked at before chapters that come before this one. */
const factsBefore = (facts: Facts, first: number): Facts =>
  Object.fromEntries(
    CHAPTERS.slice(0, first).flatMap(({ name }) =>
      Object.entries(facts).filter(([fact]) => fact.endsWith(` before ${name}`)),
    ),
  );

/** Plays the story from a chapter on. */
async function play(
  { world, notes }: Moment,
  first: number,
  pictures: Pictures,
  onMoment: ((moment: Moment) => void) | undefined,
  plans: Map<string, Kind> = new Map(),
) {
  const service = new Service(world);
  const places: Place[] = [];
  let isHeld = false;
  world.mishapOf = (call): Mishap | undefined => {
    const kind = isHeld ? undefined : plans.get(call.name);
    if (kind === undefined) return undefined;
    plans.delete(call.name);
    if (!isMeanwhile(kind)) return kind;
    return {
      meanwhile: async () => {
        isHeld = true;
        await service.meanwhile(kind);
        isHeld = false;
      },
    };
  };
  const facts: Record<string, unknown> = {};
  let before = countOf(world);
  for (const [chapter, { name, play: playChapter }] of CHAPTERS.entries()) {
    if (chapter < first) continue;
    onMoment?.({ world, notes });
    const from = world.calls.length;
    if (MASKING.has(name)) {
      for (const [fact, value] of Object.entries(await observeLife(world, notes)))
        if (!NOT_BEFORE.has(fact)) facts[`${fact} before ${name}`] = value;
    }
    if (name === 'end') {
      Object.assign(facts, await observeLife(world, notes));
      before = countOf(world);
    }
    await playChapter({ service, notes, pictures });
    await service.settle();
    service.restart();
    for (const { name: callName, place, operation, size } of world.calls.slice(from))
      places.push({ name: callName, place, operation, size, chapter });
  }
  Object.assign(facts, observeEnd(world, before), await observeNeighbour(world, notes), {
    answers: notes.answers,
  });
  return { facts: facts as Facts, places };
}
