import type { z } from 'zod';
import type { Answer } from '../../api/answer.ts';
import { Problem } from '../../api/problem.ts';
import { tolerant } from './tolerant.ts';
import { CommandError } from '../terminal/command-error.ts';
import type { Connection } from './connect.ts';

/** What commands read of a problem. */
type ReadProblem = Pick<Problem, 'code' | 'detail' | 'field' | 'at' | 'length' | 'mistakes'>;

/** The service's own words about a request that it refused (RFC 9457), with its HTTP status. */
export class ApiProblem extends CommandError {
  readonly status: number;
  readonly problem: ReadProblem;

  constructor(status: number, problem: ReadProblem) {
    const told = problem.mistakes?.map(({ detail }) => detail).join('; ') ?? problem.detail;
    // Of a fault of the service its words say nothing more; docs/errors.md and the runbook go by the code.
    super(problem.code, status === 500 ? `${told} (${problem.code})` : told);
    this.status = status;
    this.problem = problem;
  }
}

/** No answer came: nobody listens, or the connection broke. */
export class NoAnswer extends CommandError {
  constructor(url: string, cause: unknown) {
    super(
      'no_answer',
      `${new URL(url).origin} does not answer (${reasonOf(cause)}): is the service running?`,
      {
        cause,
      },
    );
  }
}

/** Finds the service anew for every request. */
export type Locate = () => Promise<Connection>;

/**
 * Asks the API once; a JSON body makes it a POST unless the method is given.
 * @param answer as lib/api declares it; fields that it does not know pass
 * @throws ApiProblem, NoAnswer
 */
export async function callApi<Schema extends z.ZodType>(
  locate: Locate,
  path: string,
  answer: Schema,
  body?: unknown,
  method = body === undefined ? 'GET' : 'POST',
): Promise<Answer<Schema>> {
  const { endpoint, text } = await request(locate, path, method, body);
  const parsed = tolerant(answer).safeParse(parseJson(text));
  if (parsed.success) return parsed.data as Answer<Schema>;
  throw new CommandError('not_gloss', `${endpoint} does not answer as Gloss does: check --endpoint`);
}

/** Asks for what is answered without a body. @throws ApiProblem, NoAnswer */
export async function callForNothing(locate: Locate, path: string, method: string): Promise<void> {
  await request(locate, path, method, undefined);
}

async function request(locate: Locate, path: string, method: string, body: unknown) {
  const { endpoint, key } = await locate();
  const url = `${endpoint}${path}`;
  const response = await send(url, {
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text().catch((error: unknown) => {
    throw new NoAnswer(url, error);
  });
  if (!response.ok) throw new ApiProblem(response.status, problemOf(response, text));
  return { endpoint, text };
}

/** fetch, with what can go wrong on the way as a NoAnswer. */
export async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new NoAnswer(url, error);
  }
}

/** Not all answers come from the API: a gateway in front of it has words of its own. */
function problemOf(response: Response, text: string): ReadProblem {
  const problem = tolerant(Problem).safeParse(parseJson(text));
  if (problem.success) return problem.data;
  return { code: 'http', detail: `the service answered ${response.status} ${response.statusText}`.trim() };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** fetch hides the reason in the cause of its "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  const { code } = cause as NodeJS.ErrnoException;
  return code === 'ECONNREFUSED' ? 'connection refused' : (code ?? cause.message);
}
