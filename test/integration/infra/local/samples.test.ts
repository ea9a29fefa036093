import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readClassTree } from '../../../../infra/local/bedrock/class-tree.ts';
import { claimsOf, LOWEST_SCORE } from '../../../../infra/local/bedrock/claims.ts';
import { keptSights } from '../../../../infra/local/bedrock/kept-sights.ts';
import { startNetworks, type Networks } from '../../../../infra/local/bedrock/networks.ts';
import { readView } from '../../../../infra/local/bedrock/read-view.ts';
import { decodeWithSharp } from '../../../../lib/adapters/sharp-decode.ts';

const MAX_PIXELS = 50_000_000;
const SAMPLES = new URL('../../../../infra/local/samples/', import.meta.url);

/** What is there to see, of all words that the embedded model has, written down by looking. */
const SEEN: Readonly<Record<string, readonly string[]>> = {
  'amritsar.jpg': ['structure', 'building', 'person'],
  'avignon.jpg': ['person', 'structure', 'building', 'palace', 'castle'],
  'champ-de-mars.jpg': ['person', 'structure', 'tower'],
  'churchill.jpg': ['ice bear', 'bear', 'animal'],
  'clearing.jpg': ['German shepherd', 'dog', 'animal'],
  'courtship.jpg': ['giraffe', 'animal'],
  'issaquah.jpg': ['macaw', 'bird', 'animal'],
  'jaipur.jpg': ['palace', 'house', 'dwelling', 'building', 'structure'],
  'kolkata.jpg': ['structure', 'building', 'palace', 'dome'],
  'midday.jpg': ['animal'],
  'pasture.jpg': ['cow', 'animal'],
  'perth.jpg': ['koala', 'animal'],
  'pikolo.jpg': ['espresso', 'coffee', 'cup', 'dining table', 'spoon', 'food', 'beverage'],
  'quarrel.jpg': ['jaguar', 'animal'],
  'reims.jpg': ['building', 'structure', 'church'],
  'sanchi.jpg': ['stupa', 'building', 'structure'],
  'sunbathing.jpg': ['Komodo dragon', 'animal'],
  'washington.jpg': ['giant panda', 'bear', 'animal'],
};
const tree = readClassTree();
let networks: Networks;
beforeAll(() => {
  // Others describe the same photos: each is looked at once in a run.
  networks = keptSights(process.env['GLOSS_SIGHTS_DIR']!, startNetworks);
});
afterAll(() => networks.close());

it('says of each sample photo what is there, and nothing else, not even perhaps', async () => {
  expect(Object.keys(SEEN)).toEqual(
    (await readdir(SAMPLES)).filter((name) => name.endsWith('.jpg')).toSorted(),
  );
  const said = await Promise.all(
    Object.keys(SEEN).map(async (name) => {
      const photo = await readFile(new URL(name, SAMPLES));
      const wish = { cropPolicy: 'grid-2x2', maxBytes: photo.length, maxPixels: MAX_PIXELS } as const;
      const { views } = await decodeWithSharp(photo, wish);
      const words = await Promise.all(
        views.map(async ({ view: { kind }, picture }) => {
          const read = await readView({ format: 'jpeg', source: { bytes: Buffer.from(picture) } });
          const sight = await networks.look(read, LOWEST_SCORE);
          const { objects, subject, guesses } = claimsOf(sight, kind === 'crop' ? 'crop' : 'whole', tree);
          return [...objects.map(({ name }) => name), ...subject, ...guesses];
        }),
      );
      return { name, words: new Set(words.flat()) };
    }),
  );
  for (const { name, words } of said) expect(SEEN[name], name).toEqual(expect.arrayContaining([...words]));
  expect(said.filter(({ words }) => words.size === 0)).toEqual([]);
}, 300_000);
