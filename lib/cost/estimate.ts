import { modelUsd, usdOf } from '../domain/prices.ts';
import type { CropPolicy } from '../domain/tenant.ts';
import { viewsOfPhoto } from './calls.ts';
import {
  ADMITTING,
  ASSUMED,
  describing,
  INDEX_BYTES,
  INDEXING,
  INVOCATIONS,
  ITEM_BYTES,
  MEMORY_MB,
  MERGING,
  QUEUE_REQUESTS,
  SEARCH_READ_UNITS,
  SEARCH_WRITE_UNITS,
  THUMBNAIL_BYTES,
} from './counts.ts';
import type { CallTokens } from './tokens.ts';

/** What somebody wants to know the cost of. */
export interface Wish {
  /** Photos that are described once and kept. */
  readonly images: number;
  /** Searches a month. */
  readonly searches: number;
  readonly modelId: string;
  readonly cropPolicy: CropPolicy;
  /** How often the model is asked about the whole picture. */
  readonly asks: number;
  /** Of each ask. */
  readonly tokens: readonly CallTokens[];
  /** Of an original, 10^6 bytes. */
  readonly megabytes: number;
  /** Thumbnails that the browser of a searcher fetches. */
  readonly shown: number;
}

export interface Line {
  readonly what: 'model' | 'tables' | 'objects' | 'functions' | 'rest' | 'api' | 'shown';
  readonly usd: number;
  /** Amounts that the dollars are for. */
  readonly amounts: Readonly<Record<string, number>>;
}

export interface Estimate {
  readonly callsAPhoto: number;
  /** When the photos come. */
  readonly once: readonly Line[];
  readonly onceUsd: number;
  readonly usdAThousandPhotos: number;
  readonly monthly: readonly Line[];
  readonly monthlyUsd: number;
}

const GB = 1e9;
const sum = (lines: readonly Line[]): number => lines.reduce((total, { usd }) => total + usd, 0);

/** A line for some priced things: what they are, how many. */
const line = (what: Line['what'], amounts: Partial<Record<Parameters<typeof usdOf>[0], number>>): Line => ({
  what,
  amounts,
  usd: Object.entries(amounts).reduce(
    (usd, [name, amount]) => usd + usdOf(name as keyof typeof amounts, amount),
    0,
  ),
});

/** GB-seconds of a run. */
const gbSeconds = (of: keyof typeof ASSUMED.seconds): number => (MEMORY_MB[of] / 1_024) * ASSUMED.seconds[of];

/** What photos cost once, and they and searches each month. Without free tiers. */
export function estimate(wish: Wish): Estimate {
  const views = viewsOfPhoto(wish.cropPolicy);
  const callsAPhoto = views + wish.asks - 1;
  const once = describingLines(wish, views, callsAPhoto);
  const monthly = [...keepingLines(wish, views), ...searchLines(wish)];
  const onceUsd = sum(once);
  return {
    callsAPhoto,
    once,
    onceUsd,
    usdAThousandPhotos: wish.images === 0 ? 0 : (onceUsd / wish.images) * 1_000,
    monthly,
    monthlyUsd: sum(monthly),
  };
}

function describingLines({ images, modelId, tokens }: Wish, views: number, calls: number): Line[] {
  const [first, second] = tokens;
  const more = calls - views;
  const inputTokens = images * (views * first!.inputTokens + more * (second?.inputTokens ?? 0));
  const outputTokens = images * (views * first!.outputTokens + more * (second?.outputTokens ?? 0));
  const steps = [ADMITTING, describing(calls, views), INDEXING];
  const all = (name: keyof typeof ADMITTING) => images * steps.reduce((total, step) => total + step[name], 0);
  return [
    {
      what: 'model',
      usd: modelUsd(modelId, { inputTokens, outputTokens }),
      amounts: { calls: images * calls, inputTokens, outputTokens },
    },
    line('tables', {
      readUnits: all('readUnits') + images * MERGING.readUnits,
      writeUnits: all('writeUnits') + images * MERGING.writeUnits,
    }),
    // The upload itself is a request, too.
    line('objects', { objectReads: all('objectReads'), objectWrites: images + all('objectWrites') }),
    line('functions', {
      gbSeconds:
        images *
        (['admit', 'describe', 'decode', 'index', 'merge'] as const).reduce(
          (total, of) => total + gbSeconds(of),
          0,
        ),
      invocations: images * INVOCATIONS,
    }),
    line('rest', {
      queueRequests: images * QUEUE_REQUESTS,
      logGb: (images * ASSUMED.logBytes.photo) / GB,
    }),
  ];
}

function keepingLines({ images, megabytes }: Wish, views: number): Line[] {
  const thumbnails = THUMBNAIL_BYTES.whole + (views - 1) * THUMBNAIL_BYTES.crop;
  return [
    line('objects', { objectGbMonths: (images * (megabytes * 1e6 + thumbnails)) / GB }),
    line('tables', { tableGbMonths: (images * (ITEM_BYTES + INDEX_BYTES)) / GB }),
  ];
}

function searchLines({ images, searches, shown }: Wish): Line[] {
  const readUnits = SEARCH_READ_UNITS.find(([upTo]) => images <= upTo)![1];
  return [
    line('api', {
      readUnits: searches * readUnits,
      writeUnits: searches * SEARCH_WRITE_UNITS,
      apiRequests: searches,
      invocations: searches,
      gbSeconds: searches * gbSeconds('api'),
      logGb: (searches * ASSUMED.logBytes.search) / GB,
    }),
    line('shown', {
      objectReads: searches * shown,
      transferGb: (searches * shown * THUMBNAIL_BYTES.whole) / GB,
    }),
  ];
}
