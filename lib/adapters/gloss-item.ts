import * as z from 'zod';
import type { Gloss, ViewGloss } from '../domain/gloss.ts';
import type { ImageId, Sequencer } from '../domain/ids.ts';
import { UnreadableGloss } from '../domain/unreadable.ts';
import type { KeptAnswer, StoredGloss } from '../ports/glosses.ts';
import type { Item } from './dynamo-batch.ts';
import { amount, count, pictureFacts, readFields, sequencer } from './stored-json.ts';

const BoxForm = z.looseObject({ left: amount, top: amount, width: amount, height: amount });
const ANSWER = {
  view: z.looseObject({
    index: count,
    kind: z.literal(['whole', 'crop', 'text']),
    box: BoxForm.optional(),
  }),
  ask: count.optional(),
  tags: z.array(z.string()),
  caption: z.string(),
  visibleText: z.string(),
  usage: z.looseObject({ inputTokens: count, outputTokens: count, latencyMs: amount }).optional(),
};
const text = z.string().optional();
const FileForm = z.looseObject({
  name: text,
  keywords: z.array(z.string()).optional(),
  title: text,
  description: text,
  takenAt: text,
  storedOn: text,
  camera: text,
  place: z.looseObject({ latitude: z.number(), longitude: z.number() }).optional(),
});
const CardForm = z.looseObject({
  name: z.string(),
  facts: pictureFacts.optional(),
  versionId: text,
  thumbnailsOf: sequencer.optional(),
});
const words = z.array(z.string());
const PeopleForm = z.looseObject({
  added: words,
  removed: words,
  said: z.looseObject({ tags: z.array(words), keywords: words }),
});
const GLOSS = {
  sequencer,
  model: z.string(),
  promptVersion: z.string(),
  cropPolicy: z.string(),
  views: z.array(z.looseObject(ANSWER)),
  file: FileForm.optional(),
  card: CardForm.optional(),
  people: PeopleForm.optional(),
};

export function glossIn(imageId: ImageId, item: Item): StoredGloss {
  const { fields, problem } = readFields(item, 'gloss', { imageId: z.literal(imageId), ...GLOSS });
  if (problem === undefined) return fields as unknown as Gloss;
  const state = sequencer.safeParse(item['sequencer']?.S);
  return new UnreadableGloss(imageId, problem, state.success ? (state.data as Sequencer) : undefined);
}

/** An answer that a describing has kept; undefined where it cannot be read. */
export function answerIn(item: Item): KeptAnswer | undefined {
  const { fields, problem } = readFields(item, 'answer', ANSWER);
  if (problem !== undefined) return undefined;
  const keptAs = item['keptAs']?.S;
  return { answer: fields as unknown as ViewGloss, ...(keptAs !== undefined && { keptAs }) };
}
