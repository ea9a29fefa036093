import { readFile, rm, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Answer, Call } from './dynamodb-calls.ts';

const MAX_ITEMS = 100;
/** For so long a request with the same token is the same request. */
const REMEMBERED_MS = 10 * 60_000;

const Item = z.record(z.string(), z.unknown());
const Write = z.looseObject({
  TableName: z.string(),
  ReturnValuesOnConditionCheckFailure: z.string().optional(),
});
const Request = z.object({
  TransactItems: z
    .array(
      z.union([
        z.strictObject({ Put: Write.extend({ Item }) }),
        z.strictObject({ Update: Write.extend({ Key: Item }) }),
        z.strictObject({ Delete: Write.extend({ Key: Item }) }),
      ]),
    )
    .min(1)
    .max(MAX_ITEMS),
  ClientRequestToken: z.string().optional(),
  ReturnConsumedCapacity: z.string().optional(),
});
type Transaction = z.infer<typeof Request>;

/** One write of a transaction, as the request of its own that it would be. */
interface Step {
  readonly action: 'PutItem' | 'UpdateItem' | 'DeleteItem';
  readonly table: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly wantsOld: boolean;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An item as it was before a transaction. */
interface Before {
  readonly table: string;
  readonly key: Step['key'];
  readonly item: Readonly<Record<string, unknown>> | undefined;
}

/**
 * TransactWriteItems over a DynamoDB that has none: puts, updates and deletes. The caller sees to it that nothing else runs
 * meanwhile. The items as they were are kept in a journal until all is written, so a process that is killed takes
 * back at its next start what it had begun. Condition checks are not implemented: nothing here uses them.
 * @param journal a file; absent for a store in memory
 */
export class Transactions {
  readonly #call: Call;
  readonly #journal: string | undefined;
  readonly #done = new Map<
    string,
    { readonly request: unknown; readonly answer: Answer; readonly atMs: number }
  >();

  constructor(call: Call, journal: string | undefined) {
    this.#call = call;
    this.#journal = journal;
  }

  /** Takes back what a killed process had begun. */
  async recover(): Promise<void> {
    if (this.#journal === undefined) return;
    const text = await readFile(this.#journal, 'utf8').catch(() => '');
    await this.#restore(beforesIn(text));
    await rm(this.#journal, { force: true });
  }

  async write(body: unknown): Promise<Answer> {
    const parsed = Request.safeParse(body);
    if (!parsed.success) return refusal('ValidationException', z.prettifyError(parsed.error));
    const { ClientRequestToken: token, ...request } = parsed.data;
    this.#forget();
    const before = token === undefined ? undefined : this.#done.get(token);
    if (before && !isDeepStrictEqual(before.request, request))
      return refusal('IdempotentParameterMismatchException', 'the token was used for another transaction');
    if (before) return before.answer;
    const answer = await this.#writeOnce(request);
    if (token !== undefined && answer.status === 200)
      this.#done.set(token, { request, answer, atMs: Date.now() });
    return answer;
  }

  async #writeOnce(request: Omit<Transaction, 'ClientRequestToken'>): Promise<Answer> {
    const keys = new Map<string, Promise<readonly string[]>>();
    const keyNames = (table: string) => keys.get(table) ?? set(keys, table, this.#keyNames(table));
    const steps = await Promise.all(request.TransactItems.map((item) => stepOf(item, keyNames)));
    if (new Set(steps.map(({ table, key }) => JSON.stringify([table, key]))).size < steps.length)
      return refusal(
        'ValidationException',
        'Transaction request cannot include multiple operations on one item',
      );
    const befores = await Promise.all(steps.map(({ table, key }) => this.#read(table, key)));
    if (this.#journal !== undefined) await writeFile(this.#journal, JSON.stringify(befores));
    const answers = await Promise.all(
      steps.map(({ action, input }) => this.#call(action, { ...input, ReturnConsumedCapacity: 'TOTAL' })),
    );
    const failed = answers.some(({ status }) => status !== 200);
    if (failed) await this.#restore(befores.filter((_, i) => answers[i]!.status === 200));
    if (this.#journal !== undefined) await rm(this.#journal, { force: true });
    if (failed) return failureOf(steps, answers, befores);
    return request.ReturnConsumedCapacity === 'TOTAL'
      ? { status: 200, body: { ConsumedCapacity: capacityOf(steps, answers) } }
      : { status: 200, body: {} };
  }

  async #keyNames(table: string): Promise<readonly string[]> {
    const { body } = await this.#call('DescribeTable', { TableName: table });
    const described = body as {
      readonly Table?: { readonly KeySchema: { readonly AttributeName: string }[] };
    };
    return described.Table?.KeySchema.map(({ AttributeName }) => AttributeName) ?? [];
  }

  async #read(table: string, key: Step['key']): Promise<Before> {
    const { body } = await this.#call('GetItem', { TableName: table, Key: key, ConsistentRead: true });
    return { table, key, item: body['Item'] as Before['item'] };
  }

  async #restore(befores: readonly Before[]): Promise<void> {
    await Promise.all(
      befores.map(({ table: TableName, key: Key, item }) =>
        item
          ? this.#call('PutItem', { TableName, Item: item })
          : this.#call('DeleteItem', { TableName, Key }),
      ),
    );
  }

  #forget(): void {
    for (const [token, { atMs }] of this.#done)
      if (atMs < Date.now() - REMEMBERED_MS) this.#done.delete(token);
  }
}

/** A journal that was not written to its end tells of a transaction that had not begun. */
function beforesIn(text: string): readonly Before[] {
  try {
    return JSON.parse(text) as Before[];
  } catch {
    return [];
  }
}

async function stepOf(
  item: Transaction['TransactItems'][number],
  keyNames: (table: string) => Promise<readonly string[]>,
): Promise<Step> {
  const [kind, write] = Object.entries(item)[0] as ['Put' | 'Update' | 'Delete', z.infer<typeof Write>];
  const { ReturnValuesOnConditionCheckFailure: returns, ...input } = write;
  const table = write.TableName;
  const whole = (input['Item'] ?? input['Key']) as Step['key'];
  const names = await keyNames(table);
  const key = Object.fromEntries(names.map((name) => [name, whole[name]]));
  return { action: `${kind}Item`, table, key, wantsOld: returns === 'ALL_OLD', input };
}

const FAILED_CONDITION = 'ConditionalCheckFailedException';
const typeOf = ({ body }: Answer): string => String(body['__type']).split('#').at(-1)!;

/** Conditions that do not hold cancel a transaction, with a reason for each write; another error is the answer itself. */
function failureOf(steps: readonly Step[], answers: readonly Answer[], befores: readonly Before[]): Answer {
  const other = answers.find((answer) => answer.status !== 200 && typeOf(answer) !== FAILED_CONDITION);
  if (other) return other;
  const reasons = answers.map(({ status }, i) =>
    status === 200
      ? { Code: 'None' }
      : {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          ...(steps[i]!.wantsOld && befores[i]!.item && { Item: befores[i]!.item }),
        },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  const refused = refusal('TransactionCanceledException', message);
  return { ...refused, body: { ...refused.body, CancellationReasons: reasons } };
}

/** A write in a transaction takes twice its units: one to prepare and one to commit ("DynamoDB transactions"). */
function capacityOf(steps: readonly Step[], answers: readonly Answer[]): object[] {
  const units = new Map<string, number>();
  for (const [i, { table }] of steps.entries()) {
    const { CapacityUnits } = answers[i]!.body['ConsumedCapacity'] as { readonly CapacityUnits: number };
    units.set(table, (units.get(table) ?? 0) + 2 * CapacityUnits);
  }
  return [...units].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits }));
}

const refusal = (type: string, message: string): Answer => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, Message: message },
});

function set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value {
  map.set(key, value);
  return value;
}
