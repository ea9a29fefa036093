/** A token of a query. `at` and `length` are its place in the query, `text` is its content. */
export interface QueryToken {
  readonly kind: 'word' | 'phrase' | 'open' | 'close' | 'sign' | 'and' | 'or' | 'not' | 'field';
  readonly text: string;
  readonly at: number;
  readonly length: number;
}
