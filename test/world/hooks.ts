import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { currentProcess } from './process.ts';
import { answerSignedRead } from './signed-reads.ts';
import { VirtualTimer } from './virtual-time.ts';

let isInstalled = false;

/**
 * Puts time, chance and signed addresses of the world in the place of the machine's, for whatever runs in a process of a world; everything
 * else has the machine's as before. Nothing is taken back: a test file has its own process.
 */
export function installHooks(): void {
  if (isInstalled) return;
  isInstalled = true;
  hookTime();
  hookChance();
  hookFetch();
}

function hookTime(): void {
  const real = {
    Date,
    setTimeout,
    clearTimeout,
    dateNow: Date.now,
    abortAfter: AbortSignal.timeout.bind(AbortSignal),
  };
  const performanceNow = performance.now.bind(performance);
  Date.now = () => currentProcess()?.world.time.nowMs() ?? real.dateNow();
  globalThis.Date = new Proxy(Date, {
    construct(target, given: unknown[], newTarget) {
      const process = given.length === 0 ? currentProcess() : undefined;
      return Reflect.construct(target, process ? [process.world.time.nowMs()] : given, newTarget) as object;
    },
  });
  performance.now = () => currentProcess()?.world.time.nowMs() ?? performanceNow();
  globalThis.setTimeout = new Proxy(setTimeout, {
    apply(target, self, [ring, ms, ...given]: [(...given: unknown[]) => void, number?, ...unknown[]]) {
      const process = currentProcess();
      if (!process) return Reflect.apply(target, self, [ring, ms, ...given]) as unknown;
      return process.world.time.set(() => process.isDead || ring(...given), ms ?? 0);
    },
  });
  globalThis.clearTimeout = new Proxy(clearTimeout, {
    apply(target, self, [timer]: [unknown]) {
      if (timer instanceof VirtualTimer) return currentProcess()?.world.time.clear(timer);
      return Reflect.apply(target, self, [timer]) as unknown;
    },
  });
  AbortSignal.timeout = (ms) => {
    const process = currentProcess();
    if (!process) return real.abortAfter(ms);
    const stop = new AbortController();
    const timeIsUp = () => stop.abort(new DOMException('The operation timed out.', 'TimeoutError'));
    process.world.time.set(timeIsUp, ms, { isBound: true });
    return stop.signal;
  };
}

function hookChance(): void {
  const random = Math.random;
  const { randomBytes, randomUUID } = crypto;
  Math.random = () => currentProcess()?.world.random.fraction() ?? random();
  crypto.randomBytes = new Proxy(randomBytes, {
    apply(target, self, given: [number]) {
      return (
        currentProcess()?.world.random.bytes(given[0]) ?? (Reflect.apply(target, self, given) as unknown)
      );
    },
  });
  crypto.randomUUID = new Proxy(randomUUID, {
    apply(target, self, given: []) {
      return currentProcess()?.world.random.uuid() ?? (Reflect.apply(target, self, given) as unknown);
    },
  });
  syncBuiltinESMExports();
}

function hookFetch(): void {
  globalThis.fetch = new Proxy(fetch, {
    apply(target, self, given: [string, RequestInit?]) {
      const process = currentProcess();
      return process ? answerSignedRead(process.world, given[0]) : Reflect.apply(target, self, given);
    },
  });
}
