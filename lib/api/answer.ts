import type { z } from 'zod';

type Immutable<T> = T extends readonly (infer Element)[]
  ? readonly Immutable<Element>[]
  : T extends object
    ? { readonly [Name in keyof T]: Immutable<T[Name]> }
    : T;

/** What a schema of an answer lets through, not to be changed: the type of what the routes build and what clients read. */
export type Answer<Schema extends z.ZodType> = Immutable<z.output<Schema>>;
