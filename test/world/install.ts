import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { randomUUID } from 'node:crypto';
import type { Call } from './call.ts';
import { installHooks } from './hooks.ts';
import { currentProcess } from './process.ts';

const CLIENTS = {
  DynamoDB: DynamoDBClient,
  S3: S3Client,
  SQS: SQSClient,
  STS: STSClient,
  Lambda: LambdaClient,
  EventBridge: EventBridgeClient,
  BedrockRuntime: BedrockRuntimeClient,
} as const;

/** Of the SDK's own middlewares, the only one that has work to do above the world. */
const RETRY = 'retryMiddleware';
/** Each command brings it along, and some of a client's stand beside it: without it, none of these is listed. */
const ENDPOINT = 'endpointV2Middleware';
/** Of the product's. */
const METER = 'capacityMeter';

interface Command {
  readonly input: object;
}
type Handler = (args: {
  readonly input: object;
  readonly call: Call;
}) => Promise<{ readonly output: unknown }>;
interface Stack {
  clone(): Stack;
  add(
    middleware: (next: Handler) => Handler,
    options: { readonly name: string; readonly step: 'serialize' },
  ): void;
  identify(): string[];
  remove(name: string): boolean;
  resolve(terminal: Handler, context: object): Handler;
}
interface Client {
  readonly middlewareStack: Stack;
}
type Send = (this: Client, command: Command, ...rest: unknown[]) => Promise<unknown>;

/**
 * Answers the commands of every SDK client from the world, where a process of a world sends them. The world stands where the
 * network would, below the SDK's own retries: what an attempt meets with is the world's affair, whether there is another one
 * is the SDK's. What would make bytes of a request, sign it and read the answer is left out, since nobody reads bytes here.
 */
export function installWorld(): void {
  installHooks();
  for (const [service, ClientClass] of Object.entries(CLIENTS)) {
    const prototype = ClientClass.prototype as unknown as { send: Send };
    const { send } = prototype;
    prototype.send = function (command, ...rest) {
      const process = currentProcess();
      if (!process) return send.call(this, command, ...rest);
      const commandName = command.constructor.name;
      const operation = commandName.replace(/Command$/, '');
      const input = withToken(operation, command.input);
      const call = process.world.begin(process, service, operation, input);
      const { abortSignal } = (rest[0] ?? {}) as { readonly abortSignal?: AbortSignal };
      const attempt: Handler = async (args) => {
        const answer = process.world.attempt(args.call, args.input);
        const output = (await (abortSignal ? unlessAborted(answer, abortSignal) : answer)) as object;
        return { response: {}, output: { $metadata: { httpStatusCode: 200 }, ...output } };
      };
      const context = { clientName: `${service}Client`, commandName, logger: {} };
      return stackOf(this)
        .resolve(
          attempt,
          context,
        )({ input, call })
        .then(({ output }) => output);
    };
  }
}

const stacks = new WeakMap<Client, Stack>();

/** What of a client's middlewares stays. */
function stackOf(client: Client): Stack {
  let stack = stacks.get(client);
  if (stack) return stack;
  stack = client.middlewareStack.clone();
  stack.add((next) => next, { name: ENDPOINT, step: 'serialize' });
  const names = stack.identify().map((line) => line.split(' ')[0]!);
  for (const name of names) if (name !== RETRY && name !== METER) stack.remove(name);
  if (!names.includes(RETRY)) throw new Error(`the SDK has no ${RETRY} any more, but ${names.join(', ')}`);
  stacks.set(client, stack);
  return stack;
}

/** The SDK makes up a token where it serializes: one for all attempts. */
const withToken = (operation: string, input: object): object =>
  operation === 'TransactWriteItems' && !('ClientRequestToken' in input)
    ? { ...input, ClientRequestToken: randomUUID() }
    : input;

/** As the SDK's connections do: whoever gives a call up hears so, and not what comes of it. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp);
  return Promise.race([answer, promise]).finally(() => signal.removeEventListener('abort', giveUp));
}
