import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readClassTree } from '../../../../infra/local/bedrock/class-tree.ts';
import { startNetworks, type Networks } from '../../../../infra/local/bedrock/networks.ts';
import { readView } from '../../../../infra/local/bedrock/read-view.ts';

let networks: Networks;
beforeAll(async () => {
  networks = await startNetworks(1);
}, 60_000);
afterAll(() => networks.close());

// By PyTorch with the weights as they came, of the same pixels (efficientnet/convert.py --reference).
it.each([
  [
    'chelsea.jpg',
    { 'Egyptian cat': 0.5897, 'tiger cat': 0.1184, tabby: 0.105, lynx: 0.0303, 'plastic bag': 0.0024 },
  ],
  [
    'pikolo.jpg',
    { espresso: 0.6732, consomme: 0.1287, cup: 0.0237, eggnog: 0.0143, 'chocolate sauce': 0.0092 },
  ],
  [
    'friends.jpg',
    {
      'cocker spaniel': 0.2847,
      'Sussex spaniel': 0.2279,
      clumber: 0.0545,
      bloodhound: 0.0089,
      'Welsh springer spaniel': 0.0233,
    },
  ],
] as const)('takes %s for what PyTorch takes it for', async (photo, expected) => {
  const bytes = await readFile(new URL(`../../../fixtures/samples/${photo}`, import.meta.url));
  const { probabilities } = await networks.look(await readView({ format: 'jpeg', source: { bytes } }), 1);
  const { names } = readClassTree();
  for (const [name, probability] of Object.entries(expected))
    expect(Math.abs(probabilities[names.indexOf(name)]! - probability), name).toBeLessThan(0.01);
});
