/** What went wrong, as far as a caller has to tell cases apart; lib/api/error-response.ts maps each to HTTP. */
export const ERROR_KINDS = [
  'invalid',
  'unauthorized',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'conflict',
  'gone',
  'throttled',
  'too_large',
  'unsupported',
  'corrupt',
  'unreadable',
  'unavailable',
  'internal',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** Where in a request the mistake is: a field's path, and for a query the place in characters. */
export interface ErrorPlace {
  readonly field: string;
  readonly at?: number;
  readonly length?: number;
}

/** One of several mistakes in a request: the path of a field, and a sentence for people. */
export interface FieldMistake {
  readonly field: string;
  readonly sentence: string;
}

/** The one error type of Gloss: a kind for programs, a stable code, a sentence for people. */
export class GlossError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly place: ErrorPlace | undefined;
  /** When trying again makes sense, for what is throttled. */
  readonly retryAfterSec: number | undefined;
  /** All that is wrong with a request, the first of it included; empty where only one thing can be. */
  readonly mistakes: readonly FieldMistake[];

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    options: {
      cause?: unknown;
      place?: ErrorPlace;
      retryAfterSec?: number;
      mistakes?: readonly FieldMistake[];
    } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'GlossError';
    this.kind = kind;
    this.code = code;
    this.place = options.place;
    this.retryAfterSec = options.retryAfterSec;
    this.mistakes = options.mistakes ?? [];
  }
}

/** Whether trying the same again later can help: then a worker throws, and the queue brings the message back. */
export function isTransient(error: unknown): boolean {
  return (
    !(error instanceof GlossError) ||
    ['throttled', 'unavailable', 'conflict', 'internal'].includes(error.kind)
  );
}
