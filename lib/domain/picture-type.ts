/** Media types of the formats that are decoded, by the name that the decoder gives them. */
export const PICTURE_TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  tiff: 'image/tiff',
  bmp: 'image/bmp',
  heic: 'image/heic',
  jxl: 'image/jxl',
  // Of cameras' raw files the preview is decoded.
  dng: 'image/x-adobe-dng',
  cr2: 'image/x-canon-cr2',
  nef: 'image/x-nikon-nef',
  arw: 'image/x-sony-arw',
};

/** Whether an upload may be announced with this media type. */
export const isPictureType = (contentType: string): boolean =>
  Object.values(PICTURE_TYPES).includes(contentType);

/**
 * Whether bytes of this media type may be a picture. Whoever put them into the bucket directly is believed until they are decoded;
 * S3 calls those `binary/octet-stream` whose sender says nothing.
 */
export const mayBePicture = (contentType: string): boolean =>
  /^image\/|^(?:application|binary)\/octet-stream$/.test(contentType);
