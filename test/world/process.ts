import { AsyncLocalStorage } from 'node:async_hooks';
import type { World } from './world.ts';

const running = new AsyncLocalStorage<Process>();

/** The process that runs here; undefined outside of every world. */
export const currentProcess = (): Process | undefined => running.getStore();

/** A running instance of a function, or a client of the service: what it does happens in its world. It may die at any call. */
export class Process {
  readonly world: World;
  /** Such as `describe`. */
  readonly name: string;
  #isDead = false;
  readonly #died = Promise.withResolvers<'died'>();

  constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** From here on nothing that it does has an effect, and nothing that it waits for comes. */
  die(): void {
    this.#isDead = true;
    this.#died.resolve('died');
  }

  /** What `work` comes to, or that the process died of it. */
  run<T>(work: () => Promise<T>): Promise<T | 'died'> {
    return Promise.race([running.run(this, work), this.#died.promise]);
  }

  /** Runs at once, for making things that belong to the process. */
  make<T>(work: () => T): T {
    return running.run(this, work);
  }
}
