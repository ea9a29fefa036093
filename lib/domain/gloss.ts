import type { ImageFacts } from './image.ts';
import type { View } from './view.ts';
import type { ImageId, Sequencer } from './ids.ts';
import type { PeoplesWords, SaidBefore } from './peoples-words.ts';

/** What the model wrote about one view. */
export interface ViewWords {
  readonly tags: readonly string[];
  readonly caption: string;
  /** Text that can be read in the picture. */
  readonly visibleText: string;
}

/** What one answer cost. */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly latencyMs: number;
}

/** What one answer says of one view. */
export interface ViewGloss extends ViewWords {
  readonly view: View;
  /** Which ask about the view this answers, from 2; absent: the first. */
  readonly ask?: number;
  readonly usage?: ModelUsage;
}

/** How a gloss was made; two glosses with the same origin may be compared. */
export interface GlossOrigin {
  readonly model: string;
  readonly promptVersion: string;
  readonly cropPolicy: string;
}

/** What the file of a picture says of itself, in words of people. */
export interface FileWords {
  /** The uploader's name for it, with folders. */
  readonly name?: string;
  /** Of IPTC and XMP. */
  readonly keywords?: readonly string[];
  /** Title and headline. */
  readonly title?: string;
  readonly description?: string;
  /** When the picture was taken, by the camera's clock: `2024-05-17T10:20:30`. */
  readonly takenAt?: string;
  /** When it came into the bucket, in UTC: `2024-05-18T08:09:10`, or the day alone. */
  readonly storedOn?: string;
  /** Make and model. */
  readonly camera?: string;
  /** Where it was taken, in degrees; only for tenants that ask for it. */
  readonly place?: { readonly latitude: number; readonly longitude: number };
}

/** What is shown of an image besides its words, of the state that a gloss is of (image-card.ts). */
export interface GlossCard {
  readonly name: string;
  /** Of a picture. */
  readonly facts?: ImageFacts;
  readonly versionId?: string;
  /** Which state its thumbnails are of; absent where they are its own. */
  readonly thumbnailsOf?: Sequencer;
}

/** What the model wrote for one image, per view tags, caption and visible text; and what its file says. */
export interface Gloss extends GlossOrigin {
  readonly imageId: ImageId;
  readonly sequencer: Sequencer;
  readonly views: readonly ViewGloss[];
  /** Absent in glosses of before it was kept. */
  readonly file?: FileWords;
  /** What is shown with the words; absent in glosses of before it was kept. */
  readonly card?: GlossCard;
  /** What people changed, which `views` and `file` have already, and what those said before; absent where they changed nothing. */
  readonly people?: PeoplesWords & { readonly said: SaidBefore };
}

/** The texts of a view that are searched, in a fixed order. */
export function textsOf(words: ViewWords): readonly string[] {
  return [...words.tags, words.caption, words.visibleText];
}
