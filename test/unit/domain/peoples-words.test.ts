import { expect, it } from 'vitest';
import { saidIn, withPeoplesWords } from '../../../lib/domain/edited-gloss.ts';
import type { Gloss } from '../../../lib/domain/gloss.ts';
import { imageIdOf, parseSequencer, parseTenantId } from '../../../lib/domain/ids.ts';
import { afterEdit, tooManyWords, type SaidBefore } from '../../../lib/domain/peoples-words.ts';

const SAID: SaidBefore = { tags: [['cat', 'Sofa'], ['cat']], keywords: ['walrus'] };
const edit = (add: readonly string[], remove: readonly string[] = []) => ({ add, remove });

it.each([
  ['adds a word', undefined, edit(['pier']), { added: ['pier'], removed: [] }],
  ['adds a word once', { added: ['pier'], removed: [] }, edit(['Pier', 'PIER ']), undefined],
  [
    'composes letters, and joins lines',
    undefined,
    edit(['  cafe\u0301 \t bar ']),
    { added: ['café bar'], removed: [] },
  ],
  ['removes a tag, however it is written', undefined, edit([], ['CAT']), { added: [], removed: ['CAT'] }],
  ['removes a keyword of the file', undefined, edit([], ['walrus']), { added: [], removed: ['walrus'] }],
  ['removes it once', { added: [], removed: ['cat'] }, edit([], ['Cat']), undefined],
  [
    'takes back what was added',
    { added: ['pier'], removed: [] },
    edit([], ['pier']),
    { added: [], removed: [] },
  ],
  [
    'puts back what was removed',
    { added: [], removed: ['cat'] },
    edit(['cat']),
    { added: ['cat'], removed: [] },
  ],
  ['has nothing to remove', undefined, edit([], ['dog']), undefined],
  [
    'exchanges one for another',
    { added: ['a'], removed: [] },
    edit(['b'], ['a']),
    { added: ['b'], removed: [] },
  ],
])('%s', (_, before, change, after) => {
  expect(afterEdit(before, change, SAID)).toEqual(after);
});

it('remembers what is removed while nobody can tell what will be said', () => {
  expect(afterEdit(undefined, edit([], ['dog']), undefined)).toEqual({ added: [], removed: ['dog'] });
});

it.each([
  [101, 0, 'x', /101 keywords that people added; at most 100/],
  [0, 201, 'x', /201 words that people removed; at most 200/],
  [100, 200, 'x', undefined],
  [100, 0, 'x'.repeat(190), /at most 16384/],
])('keeps %i added and %i removed', (added, removed, letters, why) => {
  const words = (count: number) => Array.from({ length: count }, (_, i) => `${letters}${i}`);
  const told = tooManyWords({ added: words(added), removed: words(removed) });
  if (why) expect(told).toMatch(why);
  else expect(told).toBeUndefined();
});

const tenant = parseTenantId('acme');
const GLOSS: Gloss = {
  imageId: imageIdOf(tenant, 'a.jpg'),
  sequencer: parseSequencer('01'),
  model: 'm',
  promptVersion: '1',
  cropPolicy: 'none',
  views: [
    { view: { index: 0, kind: 'whole' }, tags: ['cat', 'Sofa'], caption: 'a cat', visibleText: 'CAT' },
    { view: { index: 1, kind: 'crop' }, tags: ['cat'], caption: '', visibleText: '' },
  ],
  file: { name: 'a.jpg', keywords: ['walrus'], title: 'cat' },
};

it('takes words from tags and keywords alone, and gives all back', () => {
  const changed = withPeoplesWords(GLOSS, { added: ['pier', 'Walrus'], removed: ['CAT'] });
  expect(changed).toMatchObject({
    views: [
      { tags: ['Sofa'], caption: 'a cat', visibleText: 'CAT' },
      { tags: [], caption: '' },
    ],
    file: { name: 'a.jpg', keywords: ['walrus', 'pier'], title: 'cat' },
  });
  expect(saidIn(changed)).toEqual(saidIn(GLOSS));
  // Whatever is changed next, it begins with what was said.
  const again = withPeoplesWords(changed, { added: [], removed: ['walrus'] });
  expect(again.views).toEqual(GLOSS.views);
  expect(again.file).toEqual({ name: 'a.jpg', title: 'cat' });
  expect(withPeoplesWords(again, undefined)).toEqual(GLOSS);
  expect(withPeoplesWords(again, { added: [], removed: [] })).toEqual(GLOSS);
});

it('gives keywords to what has no file, and takes them with it', () => {
  const { file: _file, ...bare } = GLOSS;
  const changed = withPeoplesWords(bare, { added: ['pier'], removed: [] });
  expect(changed.file).toEqual({ keywords: ['pier'] });
  expect(withPeoplesWords(changed, undefined)).toEqual(bare);
});
