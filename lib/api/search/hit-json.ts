import type { FileWords } from '../../domain/gloss.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Highlight } from '../../query/hits/highlight.ts';
import type { FoundImage } from '../../steps/search/found-image.ts';
import { timeOfFile } from '../../text/fact-terms.ts';
import { cropJson, factsJson, thumbnailJson, viewJson, writtenJson } from '../images/image-json.ts';
import { explanationJson } from './explanation-json.ts';
import type { Hit, HitFile, HitView } from './schema.ts';

/** A hundred hits have to fit into an answer of Lambda, 6 MB; the image itself is shown whole. */
const MAX_HIT_VIEWS = 10;
const MAX_HIT_TAGS = 40;
const MAX_HIT_TEXT_CHARS = 300;

/** One answer of a search with the views that earned it; long texts are cut. */
export async function hitJson(
  objects: ObjectStore,
  tenant: TenantId,
  { card, score, tier, views, file, gloss, explanation }: FoundImage,
  { explain, tellsAll }: { readonly explain: boolean; readonly tellsAll: boolean },
): Promise<Hit> {
  // Addresses are most of what an answer costs: the others are signed when the image is opened.
  const firstCrop = views.find(({ gloss: { view } }) => view.kind === 'crop');
  const hitViewJson = async (found: FoundImage['views'][number]): Promise<HitView> => {
    const { gloss: view, words, highlights } = found;
    const { tags, caption, visibleText, ...shown } = viewJson(view);
    return {
      ...shown,
      words: words.slice(0, MAX_HIT_TAGS).map(shorten),
      highlights: highlights.filter(isShown).slice(0, MAX_HIT_TAGS).map(highlightJson),
      tags: tags.slice(0, MAX_HIT_TAGS).map(shorten),
      caption: shorten(caption),
      visibleText: shorten(visibleText),
      ...(found === firstCrop && (await cropJson(objects, tenant, card, view))),
    };
  };
  const date = timeOfFile(gloss.file);
  return {
    id: card.imageId,
    name: card.name,
    score,
    ...(tellsAll && { hasAll: tier === 0 }),
    ...factsJson(card.picture?.facts),
    ...(await thumbnailJson(objects, tenant, card)),
    ...(date !== undefined && { date }),
    views: await Promise.all(views.slice(0, MAX_HIT_VIEWS).map(hitViewJson)),
    ...(file && { file: fileJson(file, gloss.file) }),
    ...(explain && { explanation: explanationJson(explanation) }),
  };
}

/** The hit shows its name whole, and cuts the other texts. */
function fileJson({ words, highlights }: NonNullable<FoundImage['file']>, written: FileWords = {}): HitFile {
  const { keywords, title, description, ...facts } = writtenJson(written);
  return {
    words: words.slice(0, MAX_HIT_TAGS).map(shorten),
    highlights: highlights
      .filter(
        ({ field, index, end }) =>
          field === 'name' || (end <= MAX_HIT_TEXT_CHARS && (field !== 'keyword' || index < MAX_HIT_TAGS)),
      )
      .slice(0, MAX_HIT_TAGS)
      .map(({ field, index, start, end }) => ({ field, index, start, end })),
    ...(keywords && { keywords: keywords.slice(0, MAX_HIT_TAGS).map(shorten) }),
    ...(title !== undefined && { title: shorten(title) }),
    ...(description !== undefined && { description: shorten(description) }),
    ...facts,
  };
}

const shorten = (text: string): string =>
  text.length <= MAX_HIT_TEXT_CHARS ? text : `${text.slice(0, MAX_HIT_TEXT_CHARS).toWellFormed()}…`;

const highlightJson = ({ field, index, start, end }: Highlight): HitView['highlights'][number] => ({
  field,
  index,
  start,
  end,
});

/** Whether a place is in what is left of its text. */
const isShown = ({ field, index, end }: Highlight): boolean =>
  end <= MAX_HIT_TEXT_CHARS && (field !== 'tag' || index < MAX_HIT_TAGS);
