import type { ExportPage } from '../../api/export/schema.ts';
import { NS } from './namespaces.ts';

type Exported = ExportPage['documents'][number]['gloss'];
type View = Exported['views'][number];

/**
 * The words of an image as an XMP packet: keywords and description where programs for photos look for them, and a region (MWG) for each
 * crop, with its box. What a model wrote is named under `gloss` too, so that an import tells it from what people wrote.
 */
export function sidecarOf({ views, file = {} }: Exported): string {
  const wholes = views.filter(({ kind }) => kind !== 'crop');
  const crops = views.filter(({ kind, box }) => kind === 'crop' && box !== undefined);
  const size = wholes.find(({ box }) => box !== undefined)?.box ?? around(crops);
  const tags = distinct(views.flatMap((view) => view.tags));
  const wholeTags = distinct(wholes.flatMap((view) => view.tags));
  const caption = joined(wholes.map((view) => view.caption));
  const visibleText = joined(wholes.map((view) => view.visibleText));
  const { keywords = [], title, description, takenAt, camera } = file;
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="${NS.rdf}">
<rdf:Description rdf:about=""${Object.entries(NS)
    .filter(([prefix]) => prefix !== 'rdf')
    .map(([prefix, uri]) => `\n xmlns:${prefix}="${uri}"`)
    .join('')}>
${[
  text('xmp:CreatorTool', 'Gloss'),
  bag('dc:subject', distinct([...keywords, ...tags])),
  alternative('dc:title', title),
  alternative('dc:description', description ?? caption),
  text('exif:DateTimeOriginal', takenAt),
  text('tiff:Model', camera),
  bag('gloss:tags', wholeTags),
  bag('gloss:cropTags', distinct(crops.flatMap((view) => view.tags))),
  text('gloss:caption', caption),
  text('gloss:visibleText', visibleText),
  size && crops.length > 0 ? regions(crops, size) : '',
].join('')}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;
}

type Size = Pick<NonNullable<View['box']>, 'width' | 'height'>;

/** Where the whole picture has no box: as far as its crops reach. */
function around(crops: readonly View[]): Size | undefined {
  if (crops.length === 0) return undefined;
  const boxes = crops.map(({ box }) => box!);
  return {
    width: Math.max(...boxes.map(({ left, width }) => left + width)),
    height: Math.max(...boxes.map(({ top, height }) => top + height)),
  };
}

/** Areas are parts of the picture, and their places those of their middle. */
function regions(crops: readonly View[], { width, height }: Size): string {
  const items = crops.map(({ box, tags, caption, visibleText }) => {
    const { left, top, width: w, height: h } = box!;
    const area = [
      ['x', (left + w / 2) / width],
      ['y', (top + h / 2) / height],
      ['w', w / width],
      ['h', h / height],
    ] as const;
    return `<rdf:li rdf:parseType="Resource">
<mwg-rs:Area ${area.map(([name, part]) => `stArea:${name}="${Number(part.toFixed(6))}"`).join(' ')} stArea:unit="normalized"/>
${text('mwg-rs:Name', tags.join(', '))}${text('mwg-rs:Description', caption)}<mwg-rs:Extensions rdf:parseType="Resource">
${bag('gloss:tags', tags)}${text('gloss:visibleText', visibleText)}</mwg-rs:Extensions>
</rdf:li>
`;
  });
  return `<mwg-rs:Regions rdf:parseType="Resource">
<mwg-rs:AppliedToDimensions stDim:w="${width}" stDim:h="${height}" stDim:unit="pixel"/>
<mwg-rs:RegionList><rdf:Bag>
${items.join('')}</rdf:Bag></mwg-rs:RegionList>
</mwg-rs:Regions>
`;
}

const text = (name: string, value: string | undefined): string =>
  value ? `<${name}>${escaped(value)}</${name}>\n` : '';

const bag = (name: string, values: readonly string[]): string =>
  values.length === 0
    ? ''
    : `<${name}><rdf:Bag>\n${values.map((value) => text('rdf:li', value)).join('')}</rdf:Bag></${name}>\n`;

const alternative = (name: string, value: string | undefined): string =>
  value
    ? `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${escaped(value)}</rdf:li></rdf:Alt></${name}>\n`
    : '';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Without characters that XML cannot hold (XML 1.0, production 2). */
const escaped = (value: string): string =>
  value
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ')
    .replaceAll(/[&<>]/g, (character) => ENTITIES[character]!);

const distinct = (values: readonly string[]): string[] =>
  [...new Set(values)].filter((value) => value.trim() !== '');
const joined = (values: readonly string[]): string => distinct(values).join(' ');
