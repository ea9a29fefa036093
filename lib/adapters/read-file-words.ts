import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import ExifReader from 'exifreader';
import { daysOf } from '../domain/calendar-date.ts';
import type { WrittenInFile } from '../ports/picture-decoder.ts';

/** What a file has beside its pixels, as libvips finds it. */
export interface MetadataBlocks {
  readonly exif?: Uint8Array | undefined;
  readonly iptc?: Uint8Array | undefined;
  readonly xmp?: Uint8Array | undefined;
}

/** Of one segment of a JPEG, with its length and its name. What is longer than that is no text of a person, and is not read. */
const MAX_BLOCK_BYTES = 65_000;
/** Of all texts together, as UTF-8. */
const MAX_TEXT_BYTES = 64 * 1024;
const MAX_KEYWORDS = 200;
const MAX_KEYWORD_CHARS = 200;
const MAX_CAMERA_CHARS = 100;
const MAX_TITLE_CHARS = 2_000;
const MAX_DESCRIPTION_CHARS = 20_000;

/** Descriptions that cameras write, and no person. */
const OF_CAMERAS =
  /^(?:(?:olympus|konica minolta|minolta|kodak|samsung|casio|fujifilm|pentax)? ?digital (?:still )?camera|sony dsc|dcim|dav|default|untitled|jpeg picture|screenshot|created with gimp|<?[a-z]+ digital[^.]{0,20}>?)$/iu;

/**
 * Keywords, title and description that people wrote into a file, when it was taken, and with which camera: of XMP, IPTC and EXIF. Where it was
 * taken is told only where `readsPlace` asks for it. Whatever is damaged or no text is left out;
 * nothing that a file says makes it throw.
 */
export function readFileWords(
  blocks: MetadataBlocks,
  { readsPlace = false }: { readonly readsPlace?: boolean } = {},
): WrittenInFile {
  const { exif = {}, gps = {} } = tagsOf(blocks.exif, APP1, EXIF);
  const { iptc = {} } = tagsOf(blocks.iptc, APP13, PHOTOSHOP);
  const { xmp = {} } = tagsOf(blocks.xmp, APP1, XMP);
  const place = readsPlace ? placeOf(gps) : undefined;
  const keywords = [
    ...textsIn(xmp['subject']),
    ...textsIn(xmp['hierarchicalSubject']).flatMap((path) => path.split('|')),
    ...textsIn(iptc['Keywords']),
    ...textsIn(exif['XPKeywords']).flatMap((list) => list.split(';')),
  ];
  const titles = [
    textsIn(xmp['title'])[0] ?? textsIn(iptc['Object Name'])[0] ?? textsIn(exif['XPTitle'])[0],
    textsIn(xmp['Headline'])[0] ?? textsIn(iptc['Headline'])[0],
  ];
  const descriptions = [
    xmp['description'],
    iptc['Caption/Abstract'],
    exif['ImageDescription'],
    exif['XPComment'],
  ];
  const takenAt = [
    exif['DateTimeOriginal'],
    exif['DateTimeDigitized'],
    xmp['DateTimeOriginal'],
    xmp['DateCreated'],
  ]
    .map((tag) => momentIn(textsIn(tag)[0] ?? ''))
    .find((moment) => moment !== undefined);
  const camera = cameraOf(textsIn(exif['Make'])[0], textsIn(exif['Model'])[0]);
  const texts = bounded({
    keywords: distinct(keywords.map((keyword) => cleaned(keyword, MAX_KEYWORD_CHARS))),
    title: distinct(titles.map((title) => cleaned(title ?? '', MAX_TITLE_CHARS)))
      .filter(isOfPerson)
      .join('. '),
    description:
      descriptions
        .map((tag) => cleaned(textsIn(tag)[0] ?? '', MAX_DESCRIPTION_CHARS))
        .find((text) => text !== '' && isOfPerson(text)) ?? '',
  });
  return {
    ...texts,
    ...(takenAt !== undefined && { takenAt }),
    ...(camera !== '' && { camera }),
    ...(place && { place }),
  };
}

type Tags = Readonly<Record<string, unknown>>;
type TagsOfBlock = Partial<Record<'exif' | 'gps' | 'iptc' | 'xmp', Tags>>;

const APP1 = 0xe1;
const APP13 = 0xed;
const EXIF = 'Exif\0\0';
const PHOTOSHOP = 'Photoshop 3.0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';

/** The tags of one block, which is read as the only segment of a JPEG without a picture. */
function tagsOf(block: Uint8Array | undefined, marker: number, name: string): TagsOfBlock {
  if (!block || block.length === 0 || block.length > MAX_BLOCK_BYTES) return {};
  const own = Buffer.from(block);
  const body =
    own.subarray(0, name.length).toString('latin1') === name
      ? own
      : Buffer.concat([Buffer.from(name, 'latin1'), own]);
  const head = Buffer.from([0xff, 0xd8, 0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 4);
  try {
    const domParser = new DOMParser({ onError: onErrorStopParsing });
    const file = Buffer.concat([head, body, Buffer.from([0xff, 0xd9])]);
    // Its type knows the DOM of browsers alone.
    const options = { expanded: true, domParser: domParser as never } as const;
    return ExifReader.load(file, options) as unknown as TagsOfBlock;
  } catch {
    return {};
  }
}

/** The texts of a tag, whatever form it has: one, several, or of several languages, the default first. */
function textsIn(tag: unknown): string[] {
  if (typeof tag === 'string') return [tag];
  if (Array.isArray(tag)) return tag.flatMap((item) => textsIn(item));
  if (typeof tag !== 'object' || tag === null) return [];
  const { value, description } = tag as { readonly value?: unknown; readonly description?: unknown };
  // Of EXIF and IPTC the value is bytes, and the description is the text.
  if (Array.isArray(value) && value.some((item) => typeof item === 'object')) return textsIn(value);
  return typeof description === 'string' ? [description] : [];
}

/** A text in one line, without what does not show. */
const cleaned = (text: string, maxChars: number): string =>
  text
    .slice(0, 2 * maxChars)
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\uFFFD]+/gu, ' ')
    .trim()
    .slice(0, maxChars)
    .toWellFormed();

const isOfPerson = (text: string): boolean => /[\p{L}\p{N}]/u.test(text) && !OF_CAMERAS.test(text);

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].filter((text) => text !== '');

/** As EXIF writes it, "2024:05:17 10:20:30", or XMP, "2024-05-17T10:20"; what follows, such as a time zone, is left out. */
const MOMENT = /^(\d{4})[:-](\d\d)[:-](\d\d)(?:[ T]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?)?/;

/** A moment by the clock of the camera; undefined for what is none. */
function momentIn(text: string): string | undefined {
  const [, year, month, day, hours = '00', minutes = '00', seconds = '00'] = MOMENT.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  return daysOf(date) ? `${date}T${hours}:${minutes}:${seconds}` : undefined;
}

/** Degrees, north and east; undefined for what is no place. */
function placeOf({ Latitude: latitude, Longitude: longitude }: Tags): WrittenInFile['place'] {
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return undefined;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}

/** "Canon" and "Canon EOS R5" are "Canon EOS R5". */
function cameraOf(make = '', model = ''): string {
  const [maker, name] = [make, model].map((text) => cleaned(text, MAX_CAMERA_CHARS));
  const [first = ''] = maker!.split(' ');
  return name!.toLowerCase().startsWith(first.toLowerCase()) ? name! : `${maker} ${name}`.trim();
}

/** Keywords come first where not all fits; a text that is cut says less than one that is not there. */
function bounded({
  keywords,
  title,
  description,
}: Required<Pick<WrittenInFile, 'keywords' | 'title' | 'description'>>): WrittenInFile {
  let left = MAX_TEXT_BYTES;
  const fits = (text: string) => {
    left -= Buffer.byteLength(text);
    return left >= 0;
  };
  const kept = keywords.slice(0, MAX_KEYWORDS).filter(fits);
  return {
    ...(kept.length > 0 && { keywords: kept }),
    ...(title !== '' && fits(title) && { title }),
    ...(description !== '' && fits(description) && { description }),
  };
}
