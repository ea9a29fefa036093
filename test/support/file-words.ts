import sharp, { type Exif } from 'sharp';
import { segment } from '../hostile/pictures/jpeg-parts.ts';
import { intoJpeg } from '../hostile/pictures/metadata.ts';

/** An XMP packet around properties of a description. Source: ISO 16684-1:2019, clause 7. */
export const xmpPacket = (properties: string): string =>
  `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">` +
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ` +
  `xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ` +
  `xmlns:lr="http://ns.adobe.com/lightroom/1.0/">${properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Keywords, title and description as Lightroom and others write them. */
export const xmpOf = ({
  keywords = [],
  title,
  description,
}: {
  keywords?: readonly string[];
  title?: string;
  description?: string;
}): string => {
  const inEnglish = (name: string, text: string | undefined) =>
    text === undefined
      ? ''
      : `<dc:${name}><rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt></dc:${name}>`;
  const items = keywords.map((keyword) => `<rdf:li>${escaped(keyword)}</rdf:li>`).join('');
  return xmpPacket(
    `<dc:subject><rdf:Bag>${items}</rdf:Bag></dc:subject>${inEnglish('title', title)}${inEnglish('description', description)}`,
  );
};

/** A dataset of IPTC-IIM, record 2, by its number: 5 object name, 25 keyword, 105 headline, 120 caption. */
export type Dataset = readonly [number: number, text: string];

/** A JPEG segment with IPTC datasets as UTF-8. Source: IPTC-IIM 4.2, and "Photoshop File Formats", image resource 1028. */
export function iptcSegment(datasets: readonly Dataset[]): Buffer {
  const dataset = (record: number, number: number, body: Buffer) => {
    const head = Buffer.from([0x1c, record, number, 0, 0]);
    head.writeUInt16BE(body.length, 3);
    return Buffer.concat([head, body]);
  };
  const all = Buffer.concat([
    dataset(1, 90, Buffer.from([0x1b, 0x25, 0x47])),
    ...datasets.map(([number, text]) => dataset(2, number, Buffer.from(text))),
  ]);
  const head = Buffer.from('8BIM\x04\x04\0\0\0\0\0\0', 'latin1');
  head.writeUInt32BE(all.length, 8);
  return segment(
    0xed,
    Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), head, all, Buffer.alloc(all.length % 2)]),
  );
}

/** A small picture in a format, with what is given in it. */
export async function pictureWith({
  format = 'jpeg',
  xmp,
  exif,
  iptc,
}: {
  format?: 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff';
  xmp?: string;
  exif?: Exif;
  iptc?: readonly Dataset[];
}): Promise<Buffer> {
  let picture = sharp({ create: { width: 64, height: 48, channels: 3, background: '#3a6' } });
  if (exif) picture = picture.withExif(exif);
  if (xmp !== undefined) picture = picture.withXmp(xmp);
  const bytes = await picture.toFormat(format).toBuffer();
  return iptc ? intoJpeg(bytes, iptcSegment(iptc)) : bytes;
}
