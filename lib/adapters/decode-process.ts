import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { GlossError } from '../domain/errors.ts';
import type { DecodeWish } from '../ports/picture-decoder.ts';
import { FrameReader, writeFrame } from './frames.ts';
import { usageOf, type ProcessUsage } from './process-usage.ts';

/** Between looks at what a child uses: memory grows by some 20 MB meanwhile (docs/adr/0071-pictures-are-decoded-apart.md). */
const LOOK_EVERY_MS = 20;
/** Of a child's answer: what a function may return. */
const MAX_ANSWER_BYTES = 6 * 1024 * 1024;
const STDERR_KEPT = 2_000;

export interface DecodeBounds {
  /** CPU time of one picture. Time on the clock does not count, so a busy machine fails no good picture. */
  readonly cpuMs: number;
  /** Resident memory of the process. */
  readonly memoryMb: number;
}

export interface PictureToDecode {
  /** Pictures of two owners are never decoded by one process. */
  readonly owner: string;
  readonly bytes: Uint8Array;
  readonly wish: DecodeWish;
  /** For a child that neither works nor answers. */
  readonly deadlineMs: number;
}

/** What a picture has cost. */
export interface DecodeCost {
  readonly cpuMs: number;
  readonly peakMb: number;
}

type Ending =
  | 'too costly'
  | 'too much memory'
  | 'hung'
  | { readonly crashed: string }
  /** No picture's fault. */
  | { readonly notStarted: string };

/**
 * Decodes pictures in a child process without an environment, one picture at a time. The child is killed when a picture takes
 * more than its bounds, and the next picture gets a new one. Otherwise it stays for the next picture of the same owner.
 */
export class DecodeProcess {
  readonly #entry: string;
  readonly #bounds: DecodeBounds;
  #child: Child | undefined;
  #lastCost: DecodeCost | undefined;
  /** Ends with the picture that is decoded now: there is one at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param entry URL of the module that runs decodeFrames */
  constructor(entry: string, bounds: DecodeBounds) {
    this.#entry = fileURLToPath(entry);
    this.#bounds = bounds;
  }

  /** Starts the child of the next picture, so that loading libvips costs that picture no time. */
  prepare(): void {
    if (!this.#child?.alive) this.#child = new Child(this.#entry, this.#bounds);
  }

  /**
   * The child's answer as JSON, which is not trusted.
   * @throws GlossError `too_large` (`too_costly`, `too_much_memory`), `corrupt` (`decoder_crashed`), `unavailable`
   * (`decoding_hung`)
   */
  decode(picture: PictureToDecode): Promise<{ readonly answer: unknown; readonly cost: DecodeCost }> {
    const turn = this.#turn.then(() => this.#decode(picture));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #decode(picture: PictureToDecode) {
    let child = this.#childFor(picture.owner);
    const wasUsed = child.used;
    let result = await child.run(picture);
    // What an earlier picture left in the process may be to blame: the picture gets one that saw no other.
    if ('ended' in result && wasUsed && mayBeLeftOver(result.ended)) {
      child = this.#childFor(picture.owner);
      result = await child.run(picture);
    }
    this.#lastCost = result.cost;
    if ('ended' in result) throw errorOf(result.ended, this.#bounds);
    return result;
  }

  /** Of the picture before, also when its process was killed: as it was last seen. */
  get lastCost(): DecodeCost | undefined {
    return this.#lastCost;
  }

  /** The process of now, for those who watch it. */
  get pid(): number | undefined {
    return this.#child?.alive ? this.#child.pid : undefined;
  }

  close(): void {
    this.#child?.kill();
  }

  #childFor(owner: string): Child {
    if (this.#child?.alive && this.#child.owner !== undefined && this.#child.owner !== owner) this.close();
    this.prepare();
    this.#child!.owner = owner;
    return this.#child!;
  }
}

const mayBeLeftOver = (ended: Ending): boolean =>
  ended === 'too much memory' || (typeof ended === 'object' && 'crashed' in ended);

function errorOf(ended: Ending, { cpuMs, memoryMb }: DecodeBounds): GlossError {
  switch (ended) {
    case 'too costly':
      return new GlossError(
        'too_large',
        'too_costly',
        `decoding took more than ${cpuMs / 1000} s of CPU time`,
      );
    case 'too much memory':
      return new GlossError(
        'too_large',
        'too_much_memory',
        `decoding took more than ${memoryMb} MB of memory`,
      );
    case 'hung':
      return new GlossError('unavailable', 'decoding_hung', 'decoding did not end in time');
  }
  if ('notStarted' in ended) {
    return new GlossError('unavailable', 'decoder_not_started', 'the decoder does not start', {
      cause: ended.notStarted,
    });
  }
  return new GlossError('corrupt', 'decoder_crashed', 'the picture makes its decoder crash', {
    cause: ended.crashed,
  });
}

type RunResult =
  | { readonly answer: unknown; readonly cost: DecodeCost }
  | { readonly ended: Ending; readonly cost: DecodeCost };

/** One process, from its start to its end. */
class Child {
  owner: string | undefined;
  /** Whether it has decoded a picture before. */
  used = false;
  readonly #process: ChildProcess;
  readonly #answers: FrameReader;
  readonly #bounds: DecodeBounds;
  readonly #ended = Promise.withResolvers<Ending>();
  #killedFor: Ending | undefined;
  #started = false;
  #stderr = '';

  constructor(entry: string, bounds: DecodeBounds) {
    this.#bounds = bounds;
    this.#process = spawn(process.execPath, [entry], {
      env: { PATH: process.env['PATH'] ?? '' },
      stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
      // Ctrl-C reaches every process of a terminal's session: a picture must not fail for it.
      detached: true,
    });
    this.#answers = new FrameReader(this.#pipe(3), MAX_ANSWER_BYTES);
    this.#pipe(2).on('data', (text: Buffer) => {
      this.#stderr = (this.#stderr + text.toString()).slice(-STDERR_KEPT);
    });
    this.#stdin.on('error', () => undefined); // its end is seen below
    const end = (how: string) => {
      const words = `${how}\n${this.#stderr}`.trim();
      this.#ended.resolve(this.#killedFor ?? (this.#started ? { crashed: words } : { notStarted: words }));
    };
    // eslint-disable-next-line no-restricted-syntax -- becomes a cause
    this.#process.once('error', (error) => end(error.message));
    this.#process.once('exit', (code, signal) => end(signal ?? `exit code ${code ?? 'unknown'}`));
    this.#keepsAlive(false);
  }

  get alive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null && !this.#killedFor;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get #stdin(): Writable {
    return this.#process.stdin!;
  }

  #pipe(fd: 2 | 3): Readable {
    return this.#process.stdio[fd] as Readable;
  }

  async run({ bytes, wish, deadlineMs }: PictureToDecode): Promise<RunResult> {
    this.used = true;
    this.#keepsAlive(true);
    let before: ProcessUsage | undefined;
    let last: ProcessUsage | undefined;
    let peakMb = 0;
    const look = () => {
      const now = this.#look();
      last = now ?? last;
      // A process that was killed has its CPU time until it is reaped, and no memory any more.
      peakMb = Math.max(peakMb, now?.peakMb ?? 0);
      return now;
    };
    const cost = () => ({ cpuMs: (last?.cpuMs ?? 0) - (before?.cpuMs ?? 0), peakMb });
    const watch = setInterval(() => {
      const now = look();
      if (now && before && now.cpuMs - before.cpuMs > this.#bounds.cpuMs) this.kill('too costly');
      else if (peakMb > this.#bounds.memoryMb) this.kill('too much memory');
      else if (Date.now() > deadlineMs) this.kill('hung');
    }, LOOK_EVERY_MS);
    const ended = this.#ended.promise.then((ending) => ({ ended: ending, cost: cost() }));
    try {
      // Loading libvips is no picture's doing.
      const isThere = this.#started || (await Promise.race([ended, this.#answers.next()]));
      if (!this.alive || isThere === undefined) return await ended;
      this.#started = true;
      before = look();
      writeFrame(this.#stdin, Buffer.from(JSON.stringify(wish)));
      writeFrame(this.#stdin, bytes);
      const answered = this.#answers.next().then((frame) => ({ frame }));
      const first = await Promise.race([ended, answered]);
      if ('ended' in first) return first;
      // The pipe may close before the exit is heard of.
      if (first.frame === undefined) return await ended;
      look();
      return { answer: JSON.parse(Buffer.from(first.frame).toString()), cost: cost() };
    } catch (error) {
      // eslint-disable-next-line no-restricted-syntax -- becomes a cause
      const crashed = error instanceof Error ? error.message : String(error);
      this.kill({ crashed });
      return { ended: { crashed }, cost: cost() };
    } finally {
      clearInterval(watch);
      this.#keepsAlive(false);
    }
  }

  kill(why: Ending = 'hung'): void {
    this.#killedFor ??= why;
    this.#process.kill('SIGKILL');
  }

  #look(): ProcessUsage | undefined {
    return this.#process.pid === undefined ? undefined : usageOf(this.#process.pid);
  }

  /** A child that waits for a picture keeps no process from ending. */
  #keepsAlive(busy: boolean): void {
    const handles = [this.#process, this.#stdin, this.#pipe(2), this.#pipe(3)] as unknown as {
      ref(): void;
      unref(): void;
    }[];
    for (const handle of handles) {
      if (busy) handle.ref();
      else handle.unref();
    }
  }
}
