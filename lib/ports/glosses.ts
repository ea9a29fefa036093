import type { Gloss, GlossOrigin, ViewGloss } from '../domain/gloss.ts';
import type { ImageId, ImageState, Sequencer, TenantId } from '../domain/ids.ts';
import type { UnreadableGloss } from '../domain/unreadable.ts';

/** Which state of an image answers are about, and which model and prompt they are of; a retry finds them again. */
export interface DescribeRun {
  readonly imageId: ImageId;
  readonly sequencer: Sequencer;
  readonly origin: GlossOrigin;
}

/** An answer of the model that is kept. */
export interface KeptAnswer {
  readonly answer: ViewGloss;
  /** Names this keeping, so that what the answer cost is counted once; absent where it was counted when it was kept. */
  readonly keptAs?: string;
}

/** A gloss that is there, whether or not it can be read. */
export type StoredGloss = Gloss | UnreadableGloss;

/** Glosses as a search reads them: of the states of images that an index has. */
export interface StateGlosses {
  /**
   * Glosses of these states, by image, at most 100 a call. Where the words of a later state have taken their place meanwhile, those
   * come instead; where none are left, nothing does.
   */
  ofStates(tenant: TenantId, states: readonly ImageState[]): Promise<ReadonlyMap<ImageId, StoredGloss>>;
}

/** What the model wrote: whole glosses, and the answers of a describing that is under way. */
export interface Glosses extends StateGlosses {
  /**
   * Keeps one answer as it comes, so that a retry never pays for the same view twice; gone after some days.
   * @returns what is kept: where another worker was faster, its answer to the same question
   */
  saveAnswer(tenant: TenantId, run: DescribeRun, answer: ViewGloss): Promise<KeptAnswer>;
  /** Answers kept so far that can be read, by index of view; others are asked for again. */
  loadAnswers(tenant: TenantId, run: DescribeRun): Promise<ReadonlyMap<number, KeptAnswer>>;
  /** Keeps the answers of a run for as long behind a time as others behind their arrival. */
  keepAnswers(tenant: TenantId, run: DescribeRun, untilMs: number): Promise<void>;
  /** Saves what the model wrote, unless words of a later state are there, or words of this one that people have changed. */
  save(tenant: TenantId, gloss: Gloss): Promise<void>;
  /** Glosses that exist, by image; strongly consistent; at most 100 ids a call. */
  getMany(tenant: TenantId, imageIds: readonly ImageId[]): Promise<ReadonlyMap<ImageId, StoredGloss>>;
  /** Removes the gloss and the kept answers of an image, but for those of a later state than this one. */
  remove(
    tenant: TenantId,
    imageId: ImageId,
    upTo: Sequencer,
    options?: { readonly isExact?: boolean },
  ): Promise<void>;
}
