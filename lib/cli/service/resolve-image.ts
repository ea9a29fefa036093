import { StatusAnswer } from '../../api/images/image.ts';
import { isImageId } from '../../domain/ids.ts';
import { momentText } from '../terminal/moment.ts';
import { CommandError } from '../terminal/command-error.ts';
import { callApi, type Locate } from './client.ts';
import { sendInParts, type Refusal } from './send-in-parts.ts';

export interface ResolvedImage {
  readonly id: string;
  /** As it was asked for where its record cannot be read. */
  readonly name: string;
  /** Until when it is expected: it was invited, and nothing of it is known to have arrived. ISO 8601, in UTC. */
  readonly expectedUntil?: string;
}

/** Of what was asked for and is no image. */
export interface Unresolved {
  readonly failure: Refusal;
}

/** The code of what is not there. */
export const NOT_FOUND = 'image_not_found';
const NAMELESS = { failure: { code: NOT_FOUND, reason: 'name an image: this name is empty' } };

/**
 * The images that somebody means by ids, or by names, also expected ones. What looks like an id is one, unless an image has it as its name. One whose record
 * cannot be read is there, and an id without a record may be: the API says of them what can be done. Cost: a request for all names, and another for those that may be
 * ids; more where the API refuses some of them.
 * @param wanted at most 250
 * @returns what each is, in their order
 * @throws CommandError what holds for all of them, such as a key that may not ask
 */
export async function resolveImages(
  locate: Locate,
  wanted: readonly string[],
): Promise<(ResolvedImage | Unresolved)[]> {
  const byName = await askEach(locate, 'names', wanted.flatMap(spellingsOf));
  const named = wanted.map((name) => imageAmong(spellingsOf(name).map((one) => byName.get(one)!)));
  const mayBeIds = wanted.filter((one, i) => named[i] === undefined && isImageId(one));
  const byId = await askEach(locate, 'ids', mayBeIds);
  return wanted.map((asked, i) => {
    if (asked === '') return NAMELESS;
    const answer = byId.get(asked);
    const found = named[i] ?? imageAmong(answer ? [answer] : []);
    if (found) return 'failure' in found ? found : { ...found, name: found.name ?? asked };
    // Searches may find it all the same, by its words.
    if (answer && 'status' in answer && answer.status === 'unknown') return { id: asked, name: asked };
    return { failure: { code: NOT_FOUND, reason: `${asked} is not there` } };
  });
}

/** The same of one. @throws CommandError `image_not_found` */
export async function resolveImage(locate: Locate, idOrName: string): Promise<ResolvedImage> {
  const [image] = await resolveImages(locate, [idOrName]);
  if ('failure' in image!) throw new CommandError(image.failure.code, image.failure.reason);
  return image!;
}

/** The same for what needs an image that is there. @throws CommandError `image_not_found`, also of an expected one */
export async function resolveArrived(locate: Locate, idOrName: string): Promise<ResolvedImage> {
  const image = await resolveImage(locate, idOrName);
  if (image.expectedUntil === undefined) return image;
  const { code, reason } = whyNotThere(image);
  throw new CommandError(code, reason);
}

/** Why nothing can be done with an image, and what becomes of one that is expected. */
export const whyNotThere = ({ name, expectedUntil }: ResolvedImage): Refusal => ({
  code: NOT_FOUND,
  reason:
    expectedUntil === undefined
      ? `${name} is not there`
      : `${name} is not there yet: it was invited to be uploaded, and nothing has arrived. Unless it comes, it is forgotten at ${momentText(expectedUntil)}`,
});

type Answer = StatusAnswer['images'][number] | { readonly refusal: Refusal };

/** The API finds a name in every spelling; the composed one is another where both are there. */
const spellingsOf = (name: string): string[] =>
  name === '' ? [] : [...new Set([name, name.normalize('NFC')])];

async function askEach(
  locate: Locate,
  by: 'ids' | 'names',
  values: readonly string[],
): Promise<ReadonlyMap<string, Answer>> {
  const distinct = [...new Set(values)];
  if (distinct.length === 0) return new Map();
  const answers = await sendInParts(distinct, async (some) => {
    const { images } = await callApi(locate, '/v1/images/status', StatusAnswer, { [by]: some });
    return images;
  });
  return new Map(distinct.map((value, i) => [value, answers[i]!]));
}

/** The first that is there, without a name where its record cannot be read. */
function imageAmong(
  answers: readonly Answer[],
): (Omit<ResolvedImage, 'name'> & { readonly name?: string }) | Unresolved | undefined {
  for (const answer of answers) {
    if ('refusal' in answer) return { failure: answer.refusal };
    const { id } = answer;
    if (answer.status === 'unreadable') return { id };
    if (answer.status === 'expected') return { id, name: answer.name, expectedUntil: answer.expiresAt };
    if (answer.status !== 'unknown' && answer.status !== 'removed') return { id, name: answer.name };
  }
  return undefined;
}
