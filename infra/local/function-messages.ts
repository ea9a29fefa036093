import type { Context } from 'aws-lambda';

/** One invocation. */
export interface ToChild {
  readonly event: unknown;
  readonly requestId: string;
  /** Unix time at which the process is killed. */
  readonly deadlineMs: number;
}

/** `ready` or `init-failed` once, then one `done` or `failed` for each invocation. */
export type ToParent =
  | { readonly type: 'ready' }
  /** The handler's result as JSON. */
  | { readonly type: 'done'; readonly result: string }
  | { readonly type: 'init-failed' | 'failed'; readonly errorType: string; readonly errorMessage: string };

/** The context object, without the callbacks that Lambda gave up with Node 24. */
export type LambdaContext = Omit<Context, 'done' | 'fail' | 'succeed'>;
