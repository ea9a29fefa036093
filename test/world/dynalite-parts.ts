import { createRequire } from 'node:module';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item, or a part of one, with the types of its values. */
export type Item = Record<string, AttributeValue>;

/** A parsed expression; its shape is dynalite's own affair. */
export type Parsed = Readonly<Record<string, unknown>>;

/** A request as dynalite's actions take it: expressions beside what they were parsed to. */
export interface ParsedRequest {
  readonly TableName?: string | undefined;
  readonly Key?: Item | undefined;
  readonly Item?: Item | undefined;
  readonly ReturnValues?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly FilterExpression?: string | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
  _condition?: Parsed;
  _updates?: Parsed;
  _projection?: Parsed;
  _filter?: Parsed;
  _keyCondition?: Parsed;
}

type DynaliteError = Error & { readonly body?: { readonly __type: string; readonly message?: string } };
type Done = (error: DynaliteError | null, answer?: { Attributes?: Item }) => void;

/** What dynalite's actions need of a store, where every answer comes at once. */
export interface DynaliteStore {
  readonly options: { readonly maxItemSize: number };
  getTable(name: string, done: (error: null, table: unknown) => void): void;
  getItemDb(name: string): {
    lock(key: string, use: (release: (done: Done) => Done) => void): void;
    get(key: string, done: (error: Error | null, item?: Item) => void): void;
    put(key: string, item: Item, done: (error: null) => void): void;
  };
}

const load = createRequire(import.meta.url);

/** Of the package that is the embedded DynamoDB: its parsers and evaluators, without its server. */
export const dynalite = {
  validations: load('dynalite/validations/index.js') as {
    /** Parses all expressions of a request into its fields with an underscore. @returns what is wrong with them */
    readonly validateExpressions: (request: ParsedRequest) => string | undefined;
    readonly validateAttributeValue: (value: AttributeValue) => string | null | undefined;
    readonly convertKeyCondition: (expression: unknown) => KeyConditions | string;
  },
  db: load('dynalite/db/index.js') as {
    readonly checkConditional: (request: ParsedRequest, item: Item | undefined) => DynaliteError | null;
    readonly matchesExprFilter: (item: Item, expression: unknown) => boolean;
    readonly mapPaths: (paths: unknown, item: Item) => Item;
    readonly validateUpdates: (
      none: undefined,
      updates: Parsed | undefined,
      table: unknown,
    ) => DynaliteError | undefined;
  },
  updateItem: load('dynalite/actions/updateItem.js') as (
    store: DynaliteStore,
    request: ParsedRequest,
    done: Done,
  ) => void,
};

/** What a query asks of the two attributes of the key. */
export type KeyConditions = Readonly<
  Record<string, { readonly ComparisonOperator: string; readonly AttributeValueList: AttributeValue[] }>
>;
