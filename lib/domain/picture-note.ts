/** What of a picture was not read, in words for people. */
const TEXTS = {
  cut_off: 'the file ends too early: the end of the picture is missing',
  one_of_several: 'it has several frames or pages, and one of them was read',
  preview: 'the preview that the camera wrote into the file was read, not its raw data',
} as const;

/** That only a part of a picture was read: a stable word for programs. */
export type PictureNote = keyof typeof TEXTS;

export const PICTURE_NOTES = Object.keys(TEXTS) as readonly PictureNote[];

/** For people; also of a note that a later version has written. */
export const noteText = (note: string): string =>
  Object.hasOwn(TEXTS, note) ? TEXTS[note as PictureNote] : 'only a part of it was read';
