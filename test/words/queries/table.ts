/** Tables of queries with what they have to find. Expected answers are read off the documents by people. */

/** Documents of a tenant by their names: a text is a caption; tags stand in brackets. */
export type Documents = Readonly<Record<string, string | readonly string[]>>;

/**
 * What an answer has to be: names of hits with spaces between, in any order; empty for none. `first: a` asks which hit is first,
 * `suggests: x` for a correction, `no correction` for none, `offers: q` for a query without what is asked not to be there, `refused: piece` for a refusal that
 * names this piece of the query.
 */
export type Expected = string;

export interface QueryTable {
  readonly name: string;
  readonly language: string;
  readonly documents: Documents;
  readonly queries: readonly (readonly [query: string, expected: Expected])[];
}
