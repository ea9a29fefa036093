/** Namespaces of XMP by their usual prefixes. Sources: XMP specification part 1 and 2; Metadata Working Group, "Guidelines for Handling Image Metadata" 2.0, 5.9. */
export const NS = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  'mwg-rs': 'http://www.metadataworkinggroup.com/schemas/regions/',
  stDim: 'http://ns.adobe.com/xap/1.0/sType/Dimensions#',
  stArea: 'http://ns.adobe.com/xmp/sType/Area#',
  /** What of the words is a model's: the rest was written by people. */
  gloss: 'urn:gloss:xmp:1',
} as const;
export type Prefix = keyof typeof NS;
