import type { components } from './api-types.ts';

/** What a problem tells beside its sentence. */
export interface ProblemFacts {
  /** A stable word for programs: docs/errors.md has all. */
  readonly code: string;
  /** Of the answer; undefined where none came, or where the problem is one of a picture. */
  readonly status?: number | undefined;
  /** The field of the request that is wrong, such as `files[0].name`. */
  readonly field?: string | undefined;
  /** Of a query: where the mistake is, in UTF-16 code units. */
  readonly at?: number | undefined;
  readonly length?: number | undefined;
  /** Where several fields are wrong: all of them. */
  readonly mistakes?: components['schemas']['Problem']['mistakes'] | undefined;
  /** When to come again, as the service says. */
  readonly retryAfterSec?: number | undefined;
  /** Whether the same may succeed later. */
  readonly isRetryable?: boolean | undefined;
}

/** The one error of the client: the service refused, it did not answer, or a picture failed. */
export class GlossProblem extends Error implements ProblemFacts {
  override readonly name = 'GlossProblem';
  readonly code: string;
  readonly status: number | undefined;
  readonly field: string | undefined;
  readonly at: number | undefined;
  readonly length: number | undefined;
  readonly mistakes: ProblemFacts['mistakes'];
  readonly retryAfterSec: number | undefined;
  readonly isRetryable: boolean;

  constructor(message: string, facts: ProblemFacts, options?: ErrorOptions) {
    super(message, options);
    this.code = facts.code;
    this.status = facts.status;
    this.field = facts.field;
    this.at = facts.at;
    this.length = facts.length;
    this.mistakes = facts.mistakes;
    this.retryAfterSec = facts.retryAfterSec;
    this.isRetryable = facts.isRetryable ?? false;
  }
}

/** Statuses that say "not now". */
const LATER = [429, 502, 503, 504];

/** What an answer that is no success says. Not all come from the API: a gateway in front of it has words of its own. */
export async function problemOf(response: Response): Promise<GlossProblem> {
  const { status } = response;
  const told = (await response.json().catch(() => undefined)) as
    Partial<components['schemas']['Problem']> | null | undefined;
  const facts = {
    status,
    retryAfterSec: Number(response.headers.get('retry-after') ?? NaN) || undefined,
    isRetryable: LATER.includes(status),
  };
  if (typeof told?.code !== 'string')
    return new GlossProblem(`the service answered ${status}`, { code: 'http', ...facts });
  const { code, field, at, length, mistakes } = told;
  return new GlossProblem(told.detail ?? code, { code, field, at, length, mistakes, ...facts });
}
