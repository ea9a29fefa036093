import { GlossError } from '../../domain/errors.ts';

export const noSuchImage = (): GlossError =>
  new GlossError('not_found', 'image_not_found', 'there is no such image');
