/** A name as it is typed behind a command. */
export const asArgument = (name: string): string =>
  /^[\w./][\w./-]*$/.test(name) ? name : JSON.stringify(name);

/**
 * What to do about a failure, by its code; docs/errors.md says the same to programs, and a test holds both to the same codes.
 * @param name of the image, as a command takes it
 */
export const WHAT_NEXT: Readonly<Record<string, (name: string) => string>> = {
  not_a_picture: () => 'send a picture of a format that is read: docs/formats.md lists them',
  format_not_read: () => 'convert the picture to JPEG or PNG, and add it again',
  empty_file: () => 'add the file again: it has no bytes',
  unreadable: () => 'open and save the picture anew, and add it again: it is cut off or damaged',
  too_many_bytes: () => 'make the file smaller, and add it again',
  too_many_pixels: () => 'make the picture smaller, and add it again',
  too_many_scans: () => 'save the progressive JPEG anew, and add it again',
  too_costly: () => 'save the picture in another format, and add it again',
  too_much_memory: () => 'make the picture smaller, and add it again',
  decoder_crashed: () => 'save the picture anew, and add it again: it ends the decoder',
  image_name: () => 'add it under another name',
  object_not_found: () => 'add it again: the file was removed before it was read',
  images_limit: () => 'delete images, or have the operator raise --max-images: gloss tenants change TENANT',
  bytes_limit: () => 'delete images, or have the operator raise --max-bytes: gloss tenants change TENANT',
  model_unavailable: (name) => `try later: gloss retry ${name}`,
  model_refused: () => 'tell the operator: the model cannot be asked, as for want of access to it',
  model_reply: (name) => `gloss retry ${name}: the model answered outside its schema`,
  model_declined: () => 'take another picture: the model or its filter will not describe this one',
  out_of_time: (name) => `gloss retry ${name}`,
  decoding_hung: (name) => `gloss retry ${name}; if it fails again, save the picture anew`,
  decoder_not_started: (name) => `gloss retry ${name}`,
  objects_unavailable: (name) => `gloss retry ${name}`,
  objects_refused: () => 'tell the operator: the bucket refuses the service',
  gave_up: (name) => `gloss retry ${name}; if it fails again, make the picture smaller`,
  internal: (name) => `gloss retry ${name}; if it fails again, tell the operator`,
};
