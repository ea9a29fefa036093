import type { Process } from './process.ts';

/** One command that a process sends, with all attempts of the SDK. */
export interface Call {
  readonly process: Process;
  readonly service: string;
  /** Such as `PutItem`. */
  readonly operation: string;
  /** Who asks what of which kind of thing: `describe PutItem Images images`. */
  readonly place: string;
  /** The place, and which call of it this is: `describe PutItem Images images #3`. */
  readonly name: string;
  /** Parts of a batch; 0 where it is none. */
  readonly size: number;
  /** What the SDK was asked to send. */
  readonly input: object;
  attempts: number;
}

type Input = Readonly<Record<string, unknown>>;

/** Whether a call is about something of a tenant: its name stands in what is sent, as a word of keys, bodies or tags. */
export const isAbout = ({ input }: Call, tenant: string): boolean =>
  new RegExp(`\\b${tenant}\\b`).test(JSON.stringify(input));

/** What a call is about: the table and the kind of its items, the queue, or the folder of the bucket. */
export function targetOf(input: Input): string {
  const { QueueUrl, TableName, RequestItems, TransactItems, Key, Prefix, Delete, FunctionName } = input;
  if (typeof QueueUrl === 'string') return shortName(QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1));
  if (typeof TableName === 'string') return `${shortName(TableName)} ${kindOf(keyIn(input))}`;
  if (RequestItems) {
    const [[table, requests] = ['', []]] = Object.entries(RequestItems as Record<string, unknown>);
    const first = (Array.isArray(requests) ? requests : (requests as { Keys: unknown[] }).Keys)[0] as Input;
    const one = (first['PutRequest'] ?? first['DeleteRequest'] ?? { Key: first }) as Input;
    return `${shortName(table)} ${kindOf(keyIn(one))}`;
  }
  if (Array.isArray(TransactItems)) {
    const kinds = TransactItems.flatMap((item: Input) =>
      Object.values(item).map((one) => {
        const action = one as Input;
        return `${shortName(action['TableName'] as string)} ${kindOf(keyIn(action))}`;
      }),
    );
    return [...new Set(kinds)].join(' and ');
  }
  if (typeof FunctionName === 'string') return shortName(FunctionName);
  const key = Key ?? Prefix ?? (Delete as { Objects?: { Key: string }[] } | undefined)?.Objects?.[0]?.Key;
  return typeof key === 'string' ? (key.split('/')[0] ?? '') : '';
}

/** How many parts a batch has. */
export function sizeOf({ RequestItems, Entries, Delete }: Input): number {
  if (Array.isArray(Entries)) return Entries.length;
  if (RequestItems)
    return Object.values(RequestItems as Record<string, unknown>).reduce<number>(
      (sum, requests) =>
        sum + (Array.isArray(requests) ? requests : (requests as { Keys: unknown[] }).Keys).length,
      0,
    );
  return (Delete as { Objects?: unknown[] } | undefined)?.Objects?.length ?? 0;
}

/** Without the stack's name, and what kind of thing it is. */
const shortName = (name: string): string =>
  name.replace(/^Gloss-/, '').replace(/(?:Table|Queue|Function)$/, '');

function keyIn({ Key, Item, ExpressionAttributeValues }: Input): string {
  const pk = (Key ?? Item ?? {}) as { pk?: { S?: string } };
  const values = (ExpressionAttributeValues ?? {}) as Record<string, { S?: string }>;
  return pk.pk?.S ?? values[':pk']?.S ?? '';
}

/** The kind of items of a partition key: `acme/segment/17` is of the kind `segment`, `_tenant/acme` of `_tenant`. */
export function kindOf(pk: string): string {
  const [first = '', second = ''] = pk.split('/');
  if (pk === '') return 'all';
  return first.startsWith('_') && first !== '_operator' ? first : second;
}
