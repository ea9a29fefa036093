import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageIdOf, parseSequencer, parseTenantId } from '../../../lib/domain/ids.ts';
import {
  foldersOf,
  parseUploadKey,
  stateOfThumbnail,
  thumbnailKey,
  thumbnailPrefix,
  uploadKey,
} from '../../../lib/domain/object-key.ts';
import { anyCharacter, halfCharacter } from '../../support/any-character.ts';

const anyUnit = fc.oneof({ weight: 20, arbitrary: anyCharacter }, halfCharacter);

const acme = parseTenantId('acme');

describe('object keys', () => {
  it.each([
    'cat.jpg',
    'a/b/c.jpg',
    'Käse + Öl/100% 猫 & Tee (1).jpg',
    '/leading',
    'a//b',
    '...',
    '.hidden',
    '%2F',
    '😀.png',
  ])('bring the name %j back', (name) => {
    expect(parseUploadKey(uploadKey(acme, name))).toEqual({
      tenant: acme,
      name,
      imageId: imageIdOf(acme, name),
    });
  });

  it.each([
    '',
    'folder/',
    '..',
    '.',
    'a/../b',
    'a/./b',
    'a\u0000b',
    'a\nb',
    'a\u0085b',
    'half \ud83d',
    'x'.repeat(1100),
    '猫'.repeat(340),
  ])('cannot have the name %j, neither made nor read', (name) => {
    expect(() => uploadKey(acme, name)).toThrow(
      expect.objectContaining({ kind: 'invalid', place: { field: 'name' } }),
    );
    expect(parseUploadKey(`uploads/acme/${name}`)).toBeUndefined();
  });

  it.each(['uploads/acme', 'uploads/', 'thumbnails/acme/x.jpg', 'Uploads/acme/x', ' uploads/acme/x', ''])(
    'that are no uploads are left alone: %j',
    (key) => {
      expect(parseUploadKey(key)).toBeUndefined();
    },
  );

  it('of a folder that is no tenant are left alone', () => {
    expect(parseUploadKey('uploads/ACME/x.jpg')).toBeUndefined();
  });

  it('take 1,024 bytes and no more', () => {
    const room = 1024 - 'uploads/acme/'.length;
    expect(Buffer.byteLength(uploadKey(acme, 'x'.repeat(room)))).toBe(1024);
    expect(() => uploadKey(acme, 'x'.repeat(room + 1))).toThrow(/1024 bytes/);
  });

  it('are read as they were made, or refused both ways', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit, maxLength: 20 }), (name) => {
        const parsed = parseUploadKey(`uploads/acme/${name}`);
        if (parsed) expect(uploadKey(acme, parsed.name)).toBe(`uploads/acme/${name}`);
        else expect(() => uploadKey(acme, name)).toThrow();
      }),
    );
  });

  const state = parseSequencer('0055AED6DCD90281E5');
  it.each([
    [0, undefined, '.jpg'],
    [1, undefined, '/1.jpg'],
    [0, state, `/${state}/0.jpg`],
    [9, state, `/${state}/9.jpg`],
  ])('keep the thumbnail of view %i of state %s in a folder of the tenant', (view, of, end) => {
    const key = thumbnailKey(acme, imageIdOf(acme, 'x'), of, view);
    expect(key).toBe(thumbnailPrefix(acme, imageIdOf(acme, 'x')) + end);
    expect(stateOfThumbnail(key)).toBe(of);
    expect(parseUploadKey(key)).toBeUndefined();
    expect(foldersOf(acme).some((folder) => key.startsWith(folder))).toBe(true);
  });
});
