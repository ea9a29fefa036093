import { readFile } from 'node:fs/promises';
import { afterAll, expect, it } from 'vitest';
import { LOWEST_SCORE } from '../../../../infra/local/bedrock/claims.ts';
import { keptSights } from '../../../../infra/local/bedrock/kept-sights.ts';
import { startNetworks } from '../../../../infra/local/bedrock/networks.ts';
import { readView } from '../../../../infra/local/bedrock/read-view.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const dir = await temporaryFolder('sights-');
const networks = await startNetworks(1);
afterAll(() => networks.close());

it('a picture is looked at once, also at once by two, and seen as the networks see it', async () => {
  let looks = 0;
  const counted = {
    ...networks,
    look: (...asked: Parameters<typeof networks.look>) => {
      looks += 1;
      return networks.look(...asked);
    },
  };
  const viewOf = async (photo: string) =>
    readView({
      format: 'jpeg',
      source: { bytes: await readFile(new URL(`../../../fixtures/samples/${photo}`, import.meta.url)) },
    });
  const cat = await viewOf('chelsea.jpg');
  const cup = await viewOf('pikolo.jpg');
  const first = keptSights(dir, () => Promise.resolve(counted));
  const seen = [await first.look(cat, LOWEST_SCORE), await first.look(cup, LOWEST_SCORE)];
  expect(looks).toBe(2);
  const later = keptSights(dir, () => Promise.reject(new Error('nothing is to be looked at')));
  expect([await later.look(cat, LOWEST_SCORE), await later.look(cup, LOWEST_SCORE)]).toEqual(seen);
  expect(await Promise.all([first.look(cat, 0.5), first.look(cat, 0.5)])).toEqual(
    Array(2).fill(await networks.look(cat, 0.5)),
  );
  await later.close();
});
