/**
 * Whether bytes of this media type may be a picture. Whoever sends bytes of no type is believed until they are decoded; S3 calls
 * those `binary/octet-stream` whose sender says nothing.
 */
export const mayBePicture = (contentType: string): boolean =>
  /^image\/|^(?:application|binary)\/octet-stream$/.test(contentType);
