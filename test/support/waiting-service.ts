import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { describeHandler } from '../../functions/handlers/describe-handler.ts';
import { sweepHandler } from '../../functions/handlers/sweep-handler.ts';
import { ServerClock } from '../../lib/adapters/server-clock.ts';
import { sweeper } from './sweeper.ts';
import { startModelGate } from './model-gate.ts';
import { s3Event, sqsEvent, startService, type ServiceOptions } from './service.ts';

const CONTEXT = { getRemainingTimeInMillis: () => 900_000 } as Context;
/** The embedded model answers to any id; what its answers cost goes by this one. */
const PRICED_MODEL = 'us.amazon.nova-2-lite-v1:0';
const DESCRIBE_ROLE = 'arn:aws:iam::000000000000:role/Gloss-DescribeTenantRole';

/** Goes on from where a test sets it. */
class SetClock extends ServerClock {
  #aheadMs = 0;

  override nowMs(): number {
    return Date.now() + this.#aheadMs;
  }
  moveTo(nowMs: number): void {
    this.#aheadMs = nowMs - Date.now();
  }
}

/** The service with a clock that a test sets, by which the describing and the sweeping function go, and a model that counts its calls. */
export async function startWaitingService(options: Pick<ServiceOptions, 'onWish'> = {}) {
  let model!: Awaited<ReturnType<typeof startModelGate>>;
  const service = await startService({
    ...options,
    environment: { MODEL_IDS: PRICED_MODEL },
    between: { BEDROCK_RUNTIME: async (endpoint) => (model = await startModelGate(endpoint)).endpoint },
  });
  const clock = new SetClock();
  const { describeDeps } = await import('../../functions/deps/describe-deps.ts');
  const { MAX_RECEIVES } = service.environmentOf('describe');
  const env = { ...process.env, TENANT_ROLE_ARN: DESCRIBE_ROLE, MAX_RECEIVES };
  const describing = { ...describeDeps(env), clock };
  const describe = describeHandler(describing);
  const sweeping = { ...(await sweeper()), clock };
  const sweep = sweepHandler(sweeping);

  /** Describes all that is in the queue, one by one, as the queue hands it over. */
  async function describeAll(): Promise<SQSBatchResponse['batchItemFailures']> {
    const { Records } = await service.drainDescribeQueue();
    const failures = [];
    for (const record of Records)
      failures.push(...(await describe({ Records: [record] }, CONTEXT)).batchItemFailures);
    return failures;
  }

  return {
    ...service,
    model,
    clock,
    /** What the functions are made of, for a test that puts something else in. */
    describing,
    sweeping,
    describeWith: (deps: typeof describing, event: SQSEvent) => describeHandler(deps)(event, CONTEXT),
    moveTo: (nowMs: number): void => clock.moveTo(nowMs),
    /** Uploads a picture and has its event admitted; describing is the next step. */
    async arrive(key: string, photo: Uint8Array, sequencer: string): Promise<void> {
      await service.upload(key, photo, 'image/jpeg');
      await service.admit(s3Event('Created:Put', key, sequencer, 1, { size: photo.length }));
    },
    describeAll,
    /** What the schedule brings, until its queue is empty. */
    async wake(): Promise<void> {
      await sweep(sqsEvent({ task: 'waiting' }), CONTEXT);
      for (let event; (event = await service.drainWakeQueue()).Records.length > 0;)
        await sweep(event, CONTEXT);
    },
    async close(): Promise<void> {
      await service.close();
      await model.close();
    },
  };
}
