import { DOMParser, onErrorStopParsing, type Element } from '@xmldom/xmldom';
import { daysOf } from '../../domain/calendar-date.ts';
import type { DocumentJson } from '../read-documents.ts';
import { NS, type Prefix } from './namespaces.ts';

type Gloss = NonNullable<DocumentJson['gloss']>;
type View = Gloss['views'][number];
type Written = NonNullable<Gloss['file']>;

/** What POST /v1/documents takes of each; more is cut off. */
const MAX_KEYWORDS = 200;
const MAX_KEYWORD_CHARS = 200;
const MAX_TEXT_CHARS = 5_000;
const MAX_REGIONS = 200;

/**
 * The document of an XMP sidecar: what people wrote as words of the file, regions as views with their boxes. Of a sidecar that Gloss wrote,
 * the words of the model are its tags and captions again, as far as they are still among the keywords and the description.
 * @param id the name of the picture
 * @returns undefined where no words are in it
 * @throws Error for what is no XMP
 */
export function readSidecar(id: string, xml: string): DocumentJson | undefined {
  const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, 'text/xml');
  const about = [...document.getElementsByTagNameNS(NS.rdf, 'RDF')].flatMap((rdf) =>
    childrenOf(rdf).filter((child) => isNamed(child, 'rdf', 'Description')),
  );
  if (about.length === 0) throw new Error('holds no XMP');
  const all = (prefix: Prefix, name: string) => about.flatMap((one) => textsOf(one, prefix, name));
  const first = (prefix: Prefix, name: string) => all(prefix, name)[0];

  const tags = new Set(all('gloss', 'tags'));
  const cropTags = new Set(all('gloss', 'cropTags'));
  const subject = all('dc', 'subject');
  const description = first('dc', 'description');
  const isOurs = description !== undefined && description === first('gloss', 'caption');
  const whole: View = {
    index: 0,
    kind: 'text',
    tags: subject.filter((keyword) => tags.has(keyword)),
    caption: isOurs ? description : '',
    visibleText: first('gloss', 'visibleText') ?? '',
  };
  const isSaid = whole.tags.length > 0 || whole.caption !== '' || whole.visibleText !== '';
  const views = [...(isSaid ? [whole] : []), ...about.flatMap(regionsOf)].map((view, index) => ({
    ...view,
    index,
  }));
  const keywords = subject
    .filter((keyword) => !tags.has(keyword) && !cropTags.has(keyword))
    .map((keyword) => cut(keyword, MAX_KEYWORD_CHARS))
    .slice(0, MAX_KEYWORDS);
  const title = first('dc', 'title') ?? first('photoshop', 'Headline');
  const takenAt = momentOf(first('exif', 'DateTimeOriginal') ?? first('photoshop', 'DateCreated'));
  const file: Written = {
    ...(keywords.length > 0 && { keywords }),
    ...(title !== undefined && { title: cut(title) }),
    ...(description !== undefined && !isOurs && { description: cut(description) }),
    ...(takenAt !== undefined && { takenAt }),
  };
  const hasWords = views.length > 0 || keywords.length > 0 || 'title' in file || 'description' in file;
  return hasWords
    ? { id, gloss: { model: 'xmp', promptVersion: '1', cropPolicy: 'none', views, file } }
    : undefined;
}

/** What a sidecar says its picture's ending is, as Lightroom writes it. */
export const endingIn = (xml: string): string | undefined =>
  /SidecarForExtension(?:="|>)(\w{1,5})["<]/.exec(xml)?.[1];

/** Boxes need the size of the picture that they were drawn on; a region without a word says nothing. */
function regionsOf(about: Element): View[] {
  const regions = propertyOf(about, 'mwg-rs', 'Regions');
  const applied = regions && propertyOf(regions, 'mwg-rs', 'AppliedToDimensions');
  const widthPx = Number(applied && textsOf(applied, 'stDim', 'w')[0]);
  const heightPx = Number(applied && textsOf(applied, 'stDim', 'h')[0]);
  if (!regions || !(widthPx > 0 && heightPx > 0)) return [];
  const list = propertyOf(regions, 'mwg-rs', 'RegionList');
  return (list ? itemsOf(list) : []).slice(0, MAX_REGIONS).flatMap((item): View[] => {
    const area = propertyOf(item, 'mwg-rs', 'Area');
    const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((name) => Number(area && textsOf(area, 'stArea', name)[0]));
    const extensions = propertyOf(item, 'mwg-rs', 'Extensions');
    const own = extensions ? textsOf(extensions, 'gloss', 'tags') : [];
    const name = textsOf(item, 'mwg-rs', 'Name')[0];
    const tags = own.length > 0 ? own : name === undefined ? [] : [cut(name)];
    const caption = cut(textsOf(item, 'mwg-rs', 'Description')[0] ?? '');
    const visibleText = cut((extensions && textsOf(extensions, 'gloss', 'visibleText')[0]) ?? '');
    if (![x, y, w, h].every((part) => part! >= 0 && part! <= 1)) return [];
    if (tags.length === 0 && caption === '' && visibleText === '') return [];
    const box = {
      left: Math.max(0, Math.round((x! - w! / 2) * widthPx)),
      top: Math.max(0, Math.round((y! - h! / 2) * heightPx)),
      width: Math.round(w! * widthPx),
      height: Math.round(h! * heightPx),
    };
    return [{ index: 0, kind: 'crop', box, tags, caption, visibleText }];
  });
}

const isElement = (node: { readonly nodeType: number }): node is Element => node.nodeType === 1;
const childrenOf = (element: Element): Element[] => [...element.childNodes].filter(isElement);
const isNamed = (element: Element, prefix: Prefix, name: string): boolean =>
  element.namespaceURI === NS[prefix] && element.localName === name;

/** A resource may stand in an rdf:Description of its own. */
const holdersOf = (resource: Element): Element[] => [
  resource,
  ...childrenOf(resource).filter((child) => isNamed(child, 'rdf', 'Description')),
];

const propertyOf = (resource: Element, prefix: Prefix, name: string): Element | undefined =>
  holdersOf(resource)
    .flatMap(childrenOf)
    .find((child) => isNamed(child, prefix, name));

/** Of a bag, a sequence or alternatives. */
const itemsOf = (property: Element): Element[] =>
  childrenOf(property).flatMap((list) => childrenOf(list).filter((item) => isNamed(item, 'rdf', 'li')));

/** The texts of a property: an attribute, one text, or those of a list, the default of alternatives first. */
function textsOf(resource: Element, prefix: Prefix, name: string): string[] {
  const attribute = holdersOf(resource)
    .map((holder) => holder.getAttributeNS(NS[prefix], name))
    .find((value) => value !== null && value !== '');
  if (attribute) return [attribute];
  const property = propertyOf(resource, prefix, name);
  if (!property) return [];
  const items = itemsOf(property);
  const texts = items.length > 0 ? items : [property];
  return texts
    .toSorted((a, b) => Number(isDefault(b)) - Number(isDefault(a)))
    .map(({ textContent }) => (textContent ?? '').trim())
    .filter((text) => text !== '');
}

const isDefault = (item: Element): boolean => item.getAttribute('xml:lang') === 'x-default';

const cut = (text: string, maxChars = MAX_TEXT_CHARS): string => text.slice(0, maxChars).toWellFormed();

/** By the clock of the camera: fractions and time zone are left out. */
function momentOf(text: string | undefined): string | undefined {
  const [, date = '', time = 'T00:00', seconds = ':00'] =
    /^(\d{4}-\d\d-\d\d)(T(?:[01]\d|2[0-3]):[0-5]\d)?(:[0-5]\d)?/.exec(text ?? '') ?? [];
  return daysOf(date) ? `${date}${time}${seconds}` : undefined;
}
