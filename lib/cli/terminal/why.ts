import type { ShownImage } from '../../api/images/image.ts';
import type { UsageAnswer } from '../../api/usage/schema.ts';
import { sizeText } from '../../domain/size-text.ts';
import type { AskedImage } from '../service/image-status.ts';
import { counted } from './counted.ts';
import { momentText } from './moment.ts';
import { asArgument, WHAT_NEXT } from './what-next.ts';

/** What is known of an image: how it stands, all of it where it is there, and what its tenant has used where a limit stopped it. */
export interface Known {
  readonly asked: string;
  readonly status: AskedImage;
  readonly shown?: ShownImage;
  readonly usage?: UsageAnswer;
  readonly nowMs: number;
}

/** Where an image is and why, in sentences. */
export interface Why {
  /** One of the API's statuses, or `lost` for one that is searchable by its record and has no words, or none in the index. */
  readonly is: AskedImage['status'] | 'lost';
  /** How it stands. */
  readonly what: string;
  readonly facts: readonly string[];
  /** What to do; empty where nothing is to be done. */
  readonly next: readonly string[];
}

const HOUR_MS = 3_600_000;

/** Codes of failures that are not tried at once again, but by each daily sweep until there is room. */
const WAITS: ReadonlySet<string> = new Set(['images_limit', 'bytes_limit', 'budget_used_up']);

export function whyOf(known: Known): Why {
  const { asked, status, shown } = known;
  switch (status.status) {
    case 'unknown':
      return {
        is: 'unknown',
        what: `${asked} is unknown: nothing came under this name, or it is forgotten`,
        facts: [],
        next: [
          'look for its name: gloss list',
          'what came before its tenant was made is a stray, which the operator sees: gloss tenants strays TENANT',
        ],
      };
    case 'unreadable':
      return {
        is: 'unreadable',
        what: `${asked} is there, and its record is damaged`,
        facts: [`id ${status.id}`],
        next: ['add its file or import its words again, or delete it'],
      };
    case 'expected':
      return {
        is: 'expected',
        what: `${status.name} is expected: it was invited to be uploaded, and nothing has arrived`,
        facts: [
          `room for ${sizeText(status.bytes)} is kept for it until ${momentText(status.expiresAt)}; unless it comes, it is forgotten then`,
        ],
        next: [`send it: gloss add ${asArgument(status.name)}`],
      };
    case 'removed':
      return {
        is: 'removed',
        what: `${status.name} is removed: no search finds it`,
        facts: [`first came ${momentText(status.createdAt)}`, `removed ${momentText(status.updatedAt)}`],
        next: [],
      };
    case 'received':
    case 'waiting':
    case 'described':
    case 'searchable':
    case 'failed':
      // It may have gone since its status was asked for.
      return shown
        ? whyThere(shown, known)
        : whyOf({ ...known, status: { id: status.id, status: 'unknown' } });
  }
}

function whyThere(image: ShownImage, known: Known): Why {
  const { name, status } = image;
  const facts = [...arrivalFacts(image), ...descriptionFacts(image), ...indexFacts(image)];
  const isLong = known.nowMs - Date.parse(image.updatedAt) > HOUR_MS;
  switch (status) {
    case 'received':
      return {
        is: status,
        what: `${name} is received: it waits to be described`,
        facts: [...facts, `waits since ${momentText(image.updatedAt)}`],
        next: isLong
          ? [
              'the daily sweep sends it on again; sooner, the operator looks into DescribeQueue and DescribeDeadLetters, where it lies after five tries: docs/runbook.md',
            ]
          : [
              'wait: pictures of a tenant are described in the order in which they came, each tried five times',
            ],
      };
    case 'waiting':
      return waits(image, facts, known.usage);
    case 'described':
      return image.gloss
        ? {
            is: status,
            what: `${name} is described: its words wait to be indexed`,
            facts: [...facts, `waits since ${momentText(image.updatedAt)}`],
            next: isLong
              ? [
                  'the daily sweep sends it on again; sooner, the operator looks into IndexDeadLetters and BulkIndexDeadLetters, where it lies after eight tries: docs/runbook.md',
                ]
              : ['wait: that takes seconds, and longer behind a load of the same tenant'],
          }
        : wordless(image, facts);
    case 'failed':
      return failed(image, facts, known.usage);
    case 'searchable':
    case 'removed': // which no image is that is shown
      return searchable(image, facts);
  }
}

/** It is no failure: what to do is optional. */
function waits({ name, waiting }: ShownImage, facts: readonly string[], usage?: UsageAnswer): Why {
  const { code = 'model_throttled', reason = '', since, until } = waiting ?? {};
  const times = [
    ...(since === undefined ? [] : [`waits since ${momentText(since)}`]),
    ...(until === undefined ? [] : [`it goes on by itself: ${momentText(until)} at the latest`]),
  ];
  return {
    is: 'waiting',
    what: `${name} waits to be described: ${reason} (${code})`,
    facts: [...facts, ...times, ...limitFacts(code, usage)],
    next:
      code === 'budget_used_up'
        ? [
            'wait, or have the operator raise the budget: gloss tenants change TENANT --budget USD; it goes on within minutes',
          ]
        : ['wait: nothing is to be done'],
  };
}

function searchable(image: ShownImage, facts: readonly string[]): Why {
  const { name, gloss, inIndex } = image;
  if (!gloss) return wordless(image, facts);
  if (inIndex?.isCurrent)
    return { is: 'searchable', what: `${name} is searchable: searches find its words`, facts, next: [] };
  return {
    is: 'lost',
    what: inIndex
      ? `${name} is searchable by its record, and the index has words of a state before`
      : `${name} is searchable by its record, and its words are not in the index`,
    facts,
    next: [
      'the operator sees what else is so, and makes the index again: gloss check TENANT, gloss reindex TENANT',
    ],
  };
}

const wordless = ({ name, status, source }: ShownImage, facts: readonly string[]): Why => ({
  is: 'lost',
  what: `${name} is ${status} by its record, and its words are lost`,
  facts,
  next: [source === 'import' ? 'import its words again' : `gloss retry ${asArgument(name)}`],
});

function failed(
  { name, failure, updatedAt }: ShownImage,
  facts: readonly string[],
  usage?: UsageAnswer,
): Why {
  const { code = 'internal', reason = '', retryable = false } = failure ?? {};
  const tries = WAITS.has(code)
    ? 'the daily sweep tries it again while the limit is reached'
    : retryable
      ? 'it was tried five times'
      : 'it was tried once: the same file fails again';
  return {
    is: 'failed',
    what: `${name} has failed: ${reason} (${code})`,
    facts: [...facts, `failed ${momentText(updatedAt)}; ${tries}`, ...limitFacts(code, usage)],
    next: [(WHAT_NEXT[code] ?? WHAT_NEXT['internal']!)(asArgument(name))],
  };
}

/** How much of a limit is used, and until when. */
function limitFacts(code: string, usage: UsageAnswer | undefined): string[] {
  if (!usage) return [];
  const { stored, limits, total, to } = usage;
  switch (code) {
    case 'budget_used_up':
      return [
        `the budget: ${total.usd.model.toFixed(2)} of ${limits.modelUsdPerMonth} dollars are used; it begins anew after ${to} UTC`,
      ];
    case 'images_limit':
      return [`${stored.images} of ${limits.images} images are there`];
    case 'bytes_limit':
      return [`${sizeText(stored.bytes)} of ${sizeText(limits.bytes)} are there`];
    default:
      return [];
  }
}

function arrivalFacts({ createdAt, arrivedAt, bytes, source }: ShownImage): string[] {
  const what =
    source === 'import' ? 'words' : `picture${bytes === undefined ? '' : ` of ${sizeText(bytes)}`}`;
  const again = arrivedAt !== undefined && momentText(arrivedAt) !== momentText(createdAt);
  return [
    again
      ? `${what} came ${momentText(arrivedAt)}; under this name first ${momentText(createdAt)}`
      : `${what} came ${momentText(arrivedAt ?? createdAt)}`,
  ];
}

function descriptionFacts({ gloss, figures, notes = [], source }: ShownImage): string[] {
  if (!gloss) return notes.map(({ text }) => text);
  if (source === 'import') return [`its own words: imported, ${counted(gloss.views.length, 'text')}`];
  const cost = figures
    ? `, ${figures.inputTokens.toLocaleString('en')} tokens in and ${figures.outputTokens.toLocaleString('en')} out, ${(figures.modelMs / 1_000).toFixed(1)} s`
    : '';
  return [
    `words of ${gloss.model}, crops ${gloss.cropPolicy}: ${counted(figures?.views ?? gloss.views.length, 'answer')}${cost}`,
    ...notes.map(({ text }) => text),
  ];
}

function indexFacts({ inIndex }: ShownImage): string[] {
  if (!inIndex) return ['not in the index'];
  const { segment, document, isCurrent } = inIndex;
  return [
    `in the index: segment ${segment}, document ${document}${isCurrent ? '' : ', with words of a state before, which searches find until then'}`,
  ];
}
