import { flushCompileCache } from 'node:module';
import { afterAll } from 'vitest';

/** A worker is killed when its file is done: what it compiled is kept before that, for the workers that come after it. */
afterAll(() => flushCompileCache());
