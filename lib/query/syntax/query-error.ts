import { GlossError } from '../../domain/errors.ts';

/** An error in a query, with its place in UTF-16 code units of the query. */
export function queryProblem(query: string, at: number, length: number, message: string): GlossError {
  const near = query.slice(at, at + 20);
  const where = `character ${at + 1}${near === '' ? '' : `, at "${near}"`}`;
  return new GlossError('invalid', 'query_syntax', `${message} (${where})`.toWellFormed(), {
    place: { field: 'q', at, length },
  });
}
