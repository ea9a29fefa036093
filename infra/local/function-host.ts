import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { ToChild, ToParent } from './function-messages.ts';
import { SYSTEM_CLOCK, type WaitingClock } from './waiting-clock.ts';

const CHILD = fileURLToPath(new URL('./function-child.ts', import.meta.url));
/** To load a handler; Lambda gives 10 s, on a machine that does nothing else. */
const INIT_TIMEOUT_MS = 60_000;

export interface HostedFunction {
  readonly name: string;
  /** Path of the source file. */
  readonly entryPath: string;
  readonly exportName: string;
  /** All that the function sees of the environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Processes at a time. */
  readonly maxConcurrency: number;
  /** Invocations that may wait for a process; those above it fail with Overloaded. */
  readonly maxWaiting: number;
  /** Gets what the function writes to stdout and stderr. */
  readonly log: (text: string | Buffer) => void;
  /** Ends what takes too long. */
  readonly clock?: WaitingClock;
}

export interface FunctionHost {
  /**
   * What the handler returns for the event.
   * @throws FunctionFailed for a throw, a crash or a timeout; Overloaded when too many invocations wait.
   */
  readonly invoke: (event: unknown) => Promise<unknown>;
  /** Kills the processes; what they were doing fails. */
  readonly close: () => Promise<void>;
}

/** An invocation that did not return. */
export class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';
  /** As Lambda tells it to whoever invoked the function: the class of what was thrown, or what ended the process. */
  readonly errorType: string;
  readonly reason: string;
  constructor(message: string, errorType: string, reason: string) {
    super(message);
    this.errorType = errorType;
    this.reason = reason;
  }
}

/** Lambda's names of what a handler does not throw. */
const CRASHED = 'Runtime.ExitError';
const TIMED_OUT = 'Sandbox.Timedout';

/** As Lambda's TooManyRequestsException. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

/**
 * A function in processes of its own, one event at a time in each, as Lambda runs it. Processes start when they are
 * needed and stay for the next event; one that crashes or runs out of time fails its own invocation and no other.
 */
export function hostFunction(spec: HostedFunction): FunctionHost {
  const idle: FunctionProcess[] = [];
  const processes = new Set<FunctionProcess>();
  const waiting: (() => void)[] = [];
  let running = 0;
  let closed = false;

  function takeProcess(): FunctionProcess {
    const ready = idle.pop();
    if (ready) return ready;
    const started = new FunctionProcess(spec, () => {
      processes.delete(started);
      const i = idle.indexOf(started);
      if (i >= 0) idle.splice(i, 1);
    });
    processes.add(started);
    return started;
  }

  async function invokeIn(process: FunctionProcess, event: unknown): Promise<unknown> {
    try {
      return await process.invoke(event);
    } finally {
      if (process.alive) idle.push(process);
    }
  }

  async function waitForTurn(): Promise<void> {
    if (running < spec.maxConcurrency) {
      running++;
      return;
    }
    if (waiting.length >= spec.maxWaiting)
      throw new Overloaded(`${spec.name}: ${waiting.length} invocations wait`);
    // The turn is handed over, so that `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  return {
    async invoke(event) {
      await waitForTurn();
      try {
        if (closed) throw failure(spec, 'the local stack is shutting down');
        return await invokeIn(takeProcess(), event);
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
    async close() {
      closed = true;
      await Promise.all([...processes].map((process) => process.kill()));
    },
  };
}

interface Invocation {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One process and the invocation that it is busy with. */
class FunctionProcess {
  readonly #spec: HostedFunction;
  readonly #child: ChildProcess;
  readonly #ready = Promise.withResolvers<undefined>();
  readonly #exited = Promise.withResolvers<undefined>();
  #invocation: Invocation | undefined;
  #died: Error | undefined;

  constructor(spec: HostedFunction, onExit: () => void) {
    this.#spec = spec;
    this.#child = fork(CHILD, [spec.entryPath, spec.exportName], {
      env: spec.environment,
      // As the Lambda runtime does: the heap ends where the function's memory ends.
      execArgv: [`--max-old-space-size=${spec.memoryMb}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.stdout?.on('data', spec.log);
    this.#child.stderr?.on('data', spec.log);
    this.#child.on('message', (message: ToParent) => this.#receive(message));
    const end = (reason: string) => {
      onExit();
      this.#die(reason);
      this.#exited.resolve(undefined);
    };
    this.#child.once('error', (error) => end(error.message));
    this.#child.once('exit', (code, signal) =>
      end(`the process ended with ${signal ?? `exit code ${code ?? 'unknown'}`}`),
    );
    this.#ready.promise.catch(() => undefined); // Whoever invokes sees it; a process killed before needs nobody.
  }

  get alive(): boolean {
    return this.#died === undefined;
  }

  async invoke(event: unknown): Promise<unknown> {
    await this.#within(INIT_TIMEOUT_MS, 'starting', this.#ready.promise);
    if (this.#died) throw this.#died;
    const { timeoutMs } = this.#spec;
    const result = new Promise<unknown>((resolve, reject) => (this.#invocation = { resolve, reject }));
    const message: ToChild = { event, requestId: randomUUID(), deadlineMs: Date.now() + timeoutMs };
    this.#child.send(message, (error) => error && this.#die(error.message));
    try {
      return await this.#within(timeoutMs, 'running', result);
    } finally {
      this.#invocation = undefined;
    }
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited.promise;
  }

  async #within<T>(timeoutMs: number, doing: string, work: Promise<T>): Promise<T> {
    const done = new AbortController();
    void (this.#spec.clock ?? SYSTEM_CLOCK).wait(timeoutMs, done.signal).then(() => {
      if (done.signal.aborted) return;
      this.#die(`timed out after ${timeoutMs / 1000} s of ${doing}`, TIMED_OUT);
      this.#child.kill('SIGKILL');
    });
    try {
      return await work;
    } finally {
      done.abort();
    }
  }

  #receive(message: ToParent): void {
    switch (message.type) {
      case 'ready':
        this.#ready.resolve(undefined);
        break;
      case 'done':
        this.#invocation?.resolve(JSON.parse(message.result));
        break;
      case 'failed':
        this.#invocation?.reject(thrown(this.#spec, message));
        break;
      case 'init-failed':
        this.#die(`does not load: ${message.errorType}: ${message.errorMessage}`);
        this.#child.kill('SIGKILL');
        break;
    }
  }

  /** The first reason counts: an exit after a timeout is the timeout's doing. */
  #die(reason: string, errorType = CRASHED): void {
    if (this.#died) return;
    this.#died = failure(this.#spec, reason, errorType);
    this.#ready.reject(this.#died);
    this.#invocation?.reject(this.#died);
  }
}

const failure = ({ name }: HostedFunction, reason: string, errorType = CRASHED): FunctionFailed =>
  new FunctionFailed(`${name}: ${reason}`, errorType, reason);

const thrown = (
  { name }: HostedFunction,
  { errorType, errorMessage }: { readonly errorType: string; readonly errorMessage: string },
): FunctionFailed => new FunctionFailed(`${name}: ${errorType}: ${errorMessage}`, errorType, errorMessage);
