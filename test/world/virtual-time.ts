import { AsyncLocalStorage } from 'node:async_hooks';

/** What setTimeout answers with. */
export class VirtualTimer {
  readonly dueMs: number;
  /** Of timers that are due at once, the one that was set first goes first. */
  readonly number: number;
  readonly ring: () => void;
  /** A timer that only bounds how long something may take: time does not move for its sake. */
  readonly isBound: boolean;

  constructor(dueMs: number, number: number, ring: () => void, isBound: boolean) {
    this.dueMs = dueMs;
    this.number = number;
    this.ring = ring;
    this.isBound = isBound;
  }

  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
}

// Taken before anything puts its own in their place.
const afterEverything = setImmediate;

/**
 * Time that moves where everybody waits: as soon as nothing is left to do at once, the next timer rings. A wait takes
 * no real time, and the order of what happens is the same in every run.
 */
export class VirtualTime {
  #nowMs: number;
  #timers: VirtualTimer[] = [];
  #count = 0;
  #isMoving = false;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  nowMs = (): number => this.#nowMs;

  set(ring: () => void, ms: number, { isBound = false }: { readonly isBound?: boolean } = {}): VirtualTimer {
    const inContext = AsyncLocalStorage.snapshot();
    this.#count += 1;
    const dueMs = this.#nowMs + Math.ceil(Math.max(0, ms));
    const timer = new VirtualTimer(dueMs, this.#count, () => inContext(ring), isBound);
    this.#timers.push(timer);
    this.#timers.sort((a, b) => a.dueMs - b.dueMs || a.number - b.number);
    this.#moveLater();
    return timer;
  }

  clear(timer: VirtualTimer): void {
    this.#timers = this.#timers.filter((one) => one !== timer);
  }

  /** Lets time pass that nobody waits for. */
  moveTo(nowMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, nowMs);
  }

  #moveLater(): void {
    if (this.#isMoving || this.#timers.every(({ isBound }) => isBound)) return;
    this.#isMoving = true;
    afterEverything(() => {
      this.#isMoving = false;
      const next = this.#timers.shift();
      if (next) {
        this.moveTo(next.dueMs);
        next.ring();
      }
      this.#moveLater();
    });
  }
}
