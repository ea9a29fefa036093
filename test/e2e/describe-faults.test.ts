import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBedrock } from '../../infra/local/bedrock/server.ts';
import { bedrockVisionModel } from '../../lib/adapters/bedrock-vision-model.ts';
import { inProcessDecoder } from '../../lib/adapters/in-process-decoder.ts';
import { openTemporaryIndex, type TemporaryIndex } from '../../infra/local/temporary-index.ts';
import { GlossError } from '../../lib/domain/errors.ts';
import { imageIdOf, parseSequencer, parseTenantId, type TenantId } from '../../lib/domain/ids.ts';
import { uploadKey } from '../../lib/domain/object-key.ts';
import { readable, readableOnes } from '../../lib/domain/unreadable.ts';
import type { VisionModel } from '../../lib/ports/vision-model.ts';
import { plainQuery } from '../../lib/query/syntax/parse-query.ts';
import { describeImage } from '../../lib/steps/images/describe-image.ts';
import { removeImages } from '../../lib/steps/images/remove-image.ts';
import { search } from '../../lib/steps/search/search.ts';
import { memoryObjects } from '../support/memory-objects.ts';
import { fixture } from '../support/service.ts';

/** Describing with faults in the way: the real decoder, store and detector, and calls that fail when told to. */

const NAME = 'chelsea.jpg';
const VIEWS = 5;
let store: TemporaryIndex;
let bedrock: Awaited<ReturnType<typeof startBedrock>>;
let model: VisionModel;
let cat: Uint8Array;
let tenant: TenantId;
let tenants = 0;
let objects: Map<string, Uint8Array>;
/** Calls of the model so far, and which of them fail. */
let calls: number;
let fails: (call: number) => boolean;
/** What they fail with. */
let refusal: GlossError;
const BUSY = new GlossError('throttled', 'model_throttled', 'busy');
const REFUSED = new GlossError('unavailable', 'model_refused', 'refused');

beforeAll(async () => {
  store = await openTemporaryIndex();
  bedrock = await startBedrock({});
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new BedrockRuntimeClient({ endpoint: bedrock.endpoint, region: 'us-east-1', credentials });
  model = bedrockVisionModel(client, { modelId: 'embedded-detector', maxOutputTokens: 600 });
  cat = await fixture('samples/chelsea.jpg');
});
afterAll(async () => {
  await bedrock.close();
  await store.close();
});
beforeEach(() => {
  tenant = parseTenantId(`faults-${tenants++}`);
  objects = new Map([[uploadKey(tenant, NAME), cat]]);
  calls = 0;
  fails = () => false;
  refusal = BUSY;
});

const deps = () => ({
  ...store.deps,
  objects: memoryObjects(objects),
  decoder: inProcessDecoder(memoryObjects(objects)),
  model: {
    modelId: model.modelId,
    look(...view: Parameters<VisionModel['look']>) {
      calls += 1;
      if (fails(calls)) return Promise.reject(refusal);
      return model.look(...view);
    },
  },
  settings: {
    cropPolicy: 'grid-2x2' as const,
    maxBytes: 1e7,
    maxPixels: 1e8,
    limits: { images: 10, bytes: 1e8 },
  },
});

interface RequestOptions {
  readonly sequencer?: string;
  readonly lastAttempt?: boolean;
  readonly timeIsUp?: AbortSignal;
  readonly woken?: true;
}
const WOKEN = { woken: true } as const;

function request({ woken, ...options }: RequestOptions = {}) {
  const { sequencer = '01', lastAttempt = false, timeIsUp = new AbortController().signal } = options;
  return {
    tenant,
    imageId: imageIdOf(tenant, NAME),
    name: NAME,
    key: uploadKey(tenant, NAME),
    sequencer: parseSequencer(sequencer),
    bytes: cat.length,
    object: { storedAtMs: 1_700_000_000_000 },
    lastAttempt,
    timeIsUp,
    ...(woken && { woken }),
  };
}

const record = () => store.deps.records.get(tenant, imageIdOf(tenant, NAME));
async function found(word: string): Promise<number> {
  return (await search(store.deps, tenant, { query: plainQuery(word), limit: 10 })).total;
}

describe('a retry', () => {
  it('pays for the view that failed and for no other', async () => {
    fails = (call) => call === 3;
    expect(await describeImage(deps(), request())).toBe('waiting');
    expect(calls).toBe(VIEWS);
    expect(await describeImage(deps(), request(WOKEN))).toBe('described');
    expect(calls).toBe(VIEWS + 1);
    await store.settle(tenant);
    expect(await found('cat')).toBe(1);
  });

  it('stores thumbnails that are there no second time', async () => {
    const stored: string[] = [];
    const noting = () => {
      const noted = deps();
      const put = noted.objects.put.bind(noted.objects);
      return {
        ...noted,
        objects: {
          ...noted.objects,
          put: (...args: Parameters<typeof put>) => (stored.push(args[1]), put(...args)),
        },
      };
    };
    fails = () => true;
    for (const turn of [{}, WOKEN, WOKEN])
      expect(await describeImage(noting(), request(turn))).toBe('waiting');
    fails = () => false;
    expect(await describeImage(noting(), request(WOKEN))).toBe('described');
    expect(stored).toHaveLength(VIEWS);
    expect(readable(await record())).toMatchObject({ thumbnailsOf: parseSequencer('01') });
  });
});

describe('a model that is away', () => {
  it('has a picture wait twice as long after each try, up to an hour', async () => {
    fails = () => true;
    const waits: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      expect(await describeImage(deps(), request(turn === 0 ? {} : WOKEN))).toBe('waiting');
      const { updatedAtMs, waiting } = readable(await record())!;
      waits.push((waiting!.untilMs - updatedAtMs) / 60_000);
    }
    expect(waits).toEqual([5, 10, 20, 40, 60, 60]);
    expect(await record()).toMatchObject({ waiting: { code: 'model_throttled', tries: 6 } });
  });

  it('fails a picture where it gave no answer about it for a day, and not where it is busy', async () => {
    fails = () => true;
    for (const [code, end] of [
      ['model_throttled', 'waiting'],
      ['model_unavailable', 'failed'],
    ] as const) {
      refusal = new GlossError('unavailable', code, 'away');
      const sequencer = code === 'model_throttled' ? '01' : '02';
      for (let turn = 0; turn < 24; turn += 1)
        expect(await describeImage(deps(), request({ sequencer, woken: true }))).toBe('waiting');
      expect(await describeImage(deps(), request({ sequencer, woken: true }))).toBe(end);
    }
    expect(await record()).toMatchObject({ failure: { code: 'model_unavailable', retryable: true } });
    expect(await record()).not.toHaveProperty('waiting');
  });

  it('that answers about other views lets none wait: the queue tries the one again', async () => {
    refusal = new GlossError('unavailable', 'model_unavailable', 'away');
    fails = (call) => call === 3;
    await expect(describeImage(deps(), request())).rejects.toThrow('away');
    expect(await record()).toMatchObject({ status: 'received' });
  });
});

describe('the last attempt', () => {
  beforeEach(() => {
    refusal = REFUSED;
  });

  it('is content with the views that the model did describe', async () => {
    fails = (call) => call === 3;
    expect(await describeImage(deps(), request({ lastAttempt: true }))).toBe('described');
    expect(readable(await record())?.figures).toMatchObject({ views: VIEWS - 1 });
  });

  it('fails with the reason when there is no view, and the dead letter may be given back later', async () => {
    fails = () => true;
    await expect(describeImage(deps(), request({ lastAttempt: true }))).rejects.toThrow('refused');
    const failure = { code: 'model_refused', reason: 'refused', retryable: true };
    expect(await record()).toMatchObject({ status: 'failed', failure });
    fails = () => false;
    expect(await describeImage(deps(), request())).toBe('described');
    expect(await record()).toMatchObject({ status: 'described' });
    expect(await record()).not.toHaveProperty('failure');
  });

  it('has written down that it gave up before it begins, should its worker be killed', async () => {
    const held = Promise.withResolvers<never>();
    held.promise.catch(() => undefined); // on a slow machine nobody waits for it yet when it is rejected
    const holding = { ...deps(), model: { modelId: 'held', look: () => held.promise } };
    const running = describeImage(holding, request({ lastAttempt: true }));
    await expect.poll(record).toMatchObject({ status: 'failed', failure: { code: 'gave_up' } });
    held.reject(REFUSED);
    await expect(running).rejects.toThrow('refused');
  });

  it('says so when its time is up', async () => {
    const time = new AbortController();
    const held = { ...deps(), model: { modelId: 'held', look: () => new Promise<never>(() => undefined) } };
    const running = describeImage(held, request({ lastAttempt: true, timeIsUp: time.signal }));
    time.abort();
    await expect(running).rejects.toThrow('took longer');
    expect(await record()).toMatchObject({ status: 'failed', failure: { code: 'out_of_time' } });
  });
});

describe('a broken picture that replaces another', () => {
  it('takes the old words away also when the first attempt at that fails', async () => {
    await describeImage(deps(), request());
    await store.settle(tenant);
    expect(await found('cat')).toBe(1);
    objects.set(uploadKey(tenant, NAME), await fixture('images/not-an-image.jpg'));
    const down = {
      ...deps(),
      manifests: { ...store.deps.manifests, commit: () => Promise.reject(new Error('down')) },
    };
    await expect(describeImage(down, request({ sequencer: '02' }))).rejects.toThrow('down');
    expect(await record()).toMatchObject({ status: 'failed' });
    expect(await describeImage(deps(), request({ sequencer: '02' }))).toBe('done before');
    expect(await found('cat')).toBe(0);
  });
});

describe('a picture that is removed while it is described', () => {
  it('leaves neither gloss nor thumbnails', async () => {
    const sequencer = parseSequencer('02');
    const removal = { imageId: imageIdOf(tenant, NAME), name: NAME, sequencer, object: null };
    const interrupted = deps();
    const look = interrupted.model.look.bind(interrupted.model);
    interrupted.model.look = async (...view) => {
      const answer = await look(...view);
      await removeImages(interrupted, tenant, [removal]);
      return answer;
    };
    expect(await describeImage(interrupted, request())).toBe('gone');
    expect((await store.deps.glosses.getMany(tenant, [removal.imageId])).size).toBe(0);
    expect([...objects.keys()]).toEqual([uploadKey(tenant, NAME)]);
    await store.settle(tenant);
    expect(await found('cat')).toBe(0);
  });
});

describe('what answers cost', () => {
  /** Pictures and views in the tenant's usage. */
  async function counted() {
    const days = readableOnes(await store.deps.usage.days(tenant, '2000-01-01', '2999-12-31'));
    const sum = (of: 'images' | 'views' | 'inputTokens') => days.reduce((total, day) => total + day[of], 0);
    return { images: sum('images'), views: sum('views'), inputTokens: sum('inputTokens') };
  }
  const ofTheRecord = async () => readable(await record())!.figures!.inputTokens;

  it.each([
    ['fail', REFUSED],
    ['end in waiting', BUSY],
  ])('is counted once, over attempts that %s and one that does not', async (_, error) => {
    refusal = error;
    const attempt = (how: RequestOptions = {}) => describeImage(deps(), request(how)).catch(() => 'failed');
    fails = (call) => call === 3;
    expect(await attempt()).toBe(error === BUSY ? 'waiting' : 'failed');
    expect(await counted()).toMatchObject({ images: 0, views: VIEWS - 1 });
    fails = () => true;
    expect(await attempt(WOKEN)).toBe(error === BUSY ? 'waiting' : 'failed');
    expect(await counted()).toMatchObject({ images: 0, views: VIEWS - 1 });
    fails = () => false;
    expect(await attempt(WOKEN)).toBe('described');
    expect(await attempt(WOKEN)).toBe('done before');
    expect(await counted()).toEqual({ images: 1, views: VIEWS, inputTokens: await ofTheRecord() });
    expect(readable(await record())).not.toHaveProperty('counted');
  });

  describe('that are refused for good', () => {
    const refusing = () => {
      const refused = deps();
      const look = refused.model.look.bind(refused.model);
      const model = {
        ...refused.model,
        look: (...view: Parameters<typeof look>) =>
          look(...view).catch(() => Promise.reject(new GlossError('invalid', 'model_declined', 'no'))),
      };
      return { ...refused, model };
    };

    it('leave the others, which are counted', async () => {
      fails = (call) => call === 3;
      expect(await describeImage(refusing(), request())).toBe('described');
      expect(await counted()).toMatchObject({ images: 1, views: VIEWS - 1 });
    });

    it('are the end of a picture of which all are', async () => {
      fails = () => true;
      expect(await describeImage(refusing(), request())).toBe('failed');
      expect(await counted()).toMatchObject({ images: 0, views: 0 });
    });
  });

  it('is counted by the next attempt where a worker was killed', async () => {
    // A killed worker writes no more: neither what came of it, nor what it spent.
    const gone = () => Promise.reject(new Error('killed'));
    const { glosses, records } = store.deps;
    const killed = { ...deps(), glosses: { ...glosses, save: gone }, records: { ...records, put: gone } };
    await describeImage(deps(), request({ sequencer: '00' }));
    const before = await counted();
    calls = 0;
    await expect(describeImage(killed, request())).rejects.toThrow('killed');
    // Its record was not written either: the next attempt is the first that can.
    expect(await counted()).toEqual(before);
    expect(await describeImage(deps(), request())).toBe('described');
    expect((await counted()).views).toBe(before.views + VIEWS);
  });

  it('is counted once where two workers describe at once', async () => {
    const outcomes = await Promise.all([describeImage(deps(), request()), describeImage(deps(), request())]);
    expect(outcomes).toContain('described');
    expect(await counted()).toEqual({ images: 1, views: VIEWS, inputTokens: await ofTheRecord() });
  });

  describe.each(['replaced', 'removed', 'deleted'] as const)('of a picture that is %s meanwhile', (what) => {
    /** By another upload of the name, which is described before this call ends, in the bucket, or by its owner. */
    async function happens(): Promise<void> {
      const named = { imageId: imageIdOf(tenant, NAME), name: NAME, object: null };
      if (what === 'replaced') await describeImage(later(), request({ sequencer: '02' }));
      // A deletion has no number of S3's: it is of the state that is there.
      else if (what === 'deleted')
        await removeImages(deps(), tenant, [
          { ...named, sequencer: parseSequencer('01'), deletesObject: true },
        ]);
      else await removeImages(deps(), tenant, [{ ...named, sequencer: parseSequencer('02') }]);
    }
    /** A worker whose calls of the model are none of those that fail. */
    const later = () => ({ ...deps(), model });
    const OF_THE_LATER = what === 'replaced' ? VIEWS : 0;

    it('is counted where it could be described', async () => {
      const { glosses } = store.deps;
      const save: typeof glosses.save = async (...gloss) => {
        await happens();
        return glosses.save(...gloss);
      };
      const outcome = await describeImage({ ...deps(), glosses: { ...glosses, save } }, request());
      expect(outcome).toBe(what === 'replaced' ? 'described' : 'gone');
      expect((await counted()).views).toBe(VIEWS + OF_THE_LATER);
    });

    it('is counted where the model is busy for one view, once', async () => {
      const interrupted = deps();
      const look = interrupted.model.look.bind(interrupted.model);
      let others = 0;
      const allOthers = Promise.withResolvers<undefined>();
      interrupted.model.look = async (...view) => {
        if (++others < VIEWS) return look(...view);
        await allOthers.promise;
        await happens();
        throw BUSY;
      };
      const { glosses } = store.deps;
      let kept = 0;
      const saveAnswer: typeof glosses.saveAnswer = async (...answer) => {
        const saved = await glosses.saveAnswer(...answer);
        if (++kept === VIEWS - 1) allOthers.resolve(undefined);
        return saved;
      };
      await describeImage({ ...interrupted, glosses: { ...glosses, saveAnswer } }, request());
      expect((await counted()).views).toBe(VIEWS - 1 + OF_THE_LATER);
      expect(await describeImage(deps(), request())).toBe('done before');
      expect((await counted()).views).toBe(VIEWS - 1 + OF_THE_LATER);
    });

    it('is counted once where an attempt fails after it has described it', async () => {
      const down = { ...deps(), indexQueue: { ...store.deps.indexQueue, send: () => afterwards() } };
      const afterwards = async () => {
        await happens();
        throw new GlossError('unavailable', 'queue_unavailable', 'down');
      };
      await expect(describeImage(down, request())).rejects.toThrow('down');
      expect((await counted()).views).toBe(VIEWS + OF_THE_LATER);
    });
  });

  it('is counted once where the last attempt fails, and the dead letter is given back', async () => {
    refusal = REFUSED;
    fails = (call) => call === 3;
    await expect(describeImage(deps(), request())).rejects.toThrow('refused');
    fails = () => false;
    const down = () => Promise.reject(new GlossError('unavailable', 'store_unavailable', 'down'));
    const unsaved = { ...deps(), glosses: { ...store.deps.glosses, save: down } };
    await expect(describeImage(unsaved, request({ lastAttempt: true }))).rejects.toThrow('down');
    expect(await record()).toMatchObject({ status: 'failed' });
    expect(await counted()).toMatchObject({ images: 0, views: VIEWS });
    expect(await describeImage(deps(), request())).toBe('described');
    expect(await counted()).toEqual({ images: 1, views: VIEWS, inputTokens: await ofTheRecord() });
  });

  it('keeps no failed picture from its reason where it cannot be counted', async () => {
    const { usage, records } = store.deps;
    const refused = () => Promise.reject(new GlossError('corrupt', 'store_refused', 'no such number'));
    const put: typeof records.put = (of, changes) =>
      changes.some(({ usage: counts }) => counts) ? refused() : records.put(of, changes);
    const damaged = { ...deps(), usage: { ...usage, add: refused }, records: { ...records, put } };
    await expect(describeImage(damaged, request())).rejects.toThrow('no such number');
    const failure = { code: 'store_refused', retryable: false };
    expect(await record()).toMatchObject({ status: 'failed', failure });
    expect(await describeImage(damaged, request())).toBe('done before');
  });
});
