import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * Limits end a test that hangs. None says how fast a test must be: a busy machine takes many times as long as an idle one.
 */
const MINUTE_MS = 60_000;

// Tests start many processes of the same code: what one compiles the next ones read.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');
// And show the embedded model the same few pictures: what it saw in one is kept. test/integration/infra/local/networks.test.ts asks the networks.
process.env['GLOSS_SIGHTS_DIR'] ??= join(import.meta.dirname, 'node_modules/.cache/sights');

const IS_SLICE = process.env['GLOSS_HOSTILE'] === undefined;

/** The tests of a folder of test/; CONTRIBUTING.md has the table of tiers. */
const tier = (name: string, limitMinutes: number) => ({
  name,
  include: [`test/${name}/**/*.test.ts`],
  testTimeout: limitMinutes * MINUTE_MS,
  hookTimeout: limitMinutes * MINUTE_MS,
});

/** With a process for each file, which begins with what the processes before it have compiled. */
const isolated = (name: string, limitMinutes: number) => ({
  ...tier(name, limitMinutes),
  setupFiles: ['./test/support/keep-compiled.ts'],
});

export default defineConfig({
  test: {
    pool: 'forks',
    // Some wait for queues and processes: one more than the two cores that the smallest machines have.
    maxWorkers: 3,
    // Node runs the sources as they are, as it does for users: no module is transformed.
    experimental: { viteModuleRunner: false },
    expect: { poll: { timeout: 4 * MINUTE_MS, interval: 50 } },
    reporters: ['default', './test/closing-line-reporter.ts'],
    projects: [
      // Unit tests share no state, so they need no process and no copy of the modules for each file.
      { extends: true, test: { ...tier('unit', 2), pool: 'threads', isolate: false } },
      // These share nothing but code, which a process need not load again for each file.
      { extends: true, test: { ...tier('property', 20), isolate: false } },
      { extends: true, test: { ...tier('golden', 2), isolate: false } },
      { extends: true, test: { ...tier('contract', 5), isolate: false } },
      { extends: true, test: { ...tier('integration', 5), isolate: false } },
      { extends: true, test: { ...tier('infra', 10), isolate: false } },
      // What queries cost at worst is counted in `npm run test:hostile` alone: it takes minutes.
      {
        extends: true,
        test: { ...isolated('hostile', 120), exclude: IS_SLICE ? ['test/hostile/queries/**'] : [] },
      },
      { extends: true, test: isolated('faults', 240) },
      { extends: true, test: isolated('words', 240) },
      { extends: true, test: isolated('e2e', 15) },
      { extends: true, test: isolated('browser', 15) },
      { extends: true, test: isolated('outside', 120) },
    ],
  },
});
