import { beforeEach, describe, expect, it } from 'vitest';
import type { Item } from '../world/dynalite-parts.ts';
import { idOf, openTenant, pictures } from './open-tenant.ts';

/** Items of the images table that are lost, damaged or put back from an older copy. Each image has its turn once in 30 days. */

const MONTH_DAYS = 31;

let tenant: Awaited<ReturnType<typeof openTenant>>;
beforeEach(async () => {
  tenant = await openTenant();
});

const loseGloss = (name: string) => {
  tenant.table('Images').delete(`acme/gloss/${idOf(name)}`, 'gloss');
};
const damageGloss = (name: string) => {
  tenant.table('Images').put({ ...tenant.glossOf(name), gloss: { S: '{broken' } });
};
const WAYS = [
  ['lost', loseGloss],
  ['damaged', damageGloss],
] as const;

/** A picture, and words, that nobody has indexed when their messages are dead. */
async function describedAlone(how: (name: string) => void): Promise<void> {
  const { world, service } = tenant;
  world.mishapOf = ({ process }) => (process.name === 'index' ? 'throttled' : undefined);
  await tenant.put('cat.jpg');
  await tenant.imports({ words: 'an otter' });
  await service.settle();
  world.mishapOf = () => undefined;
  expect(await tenant.images()).toEqual(['cat.jpg: described', 'words: described']);
  for (const name of ['cat.jpg', 'words']) how(name);
}

describe.each(WAYS)('words that are %s before they are indexed', (_how, how) => {
  it('are made again the next day, where there is a picture; nothing else becomes a dead letter', async () => {
    await describedAlone(how);
    const dead = tenant.deadLetters().length;
    await tenant.days(3);
    expect(await tenant.images()).toEqual(['cat.jpg: searchable', 'words: described']);
    // What people wrote cannot be made again.
    expect(await tenant.differences()).toEqual([expect.stringMatching(`_gloss ${idOf('words')}$`)]);
    expect(tenant.deadLetters()).toHaveLength(dead);
  });

  it('are made again at once where somebody asks for it', async () => {
    await describedAlone(how);
    const retry = (name: string) => tenant.ask('POST', `/v1/images/${idOf(name)}/retry`, tenant.key);
    expect((await retry('cat.jpg')).status).toBe(202);
    expect((await retry('words')).status).toBe(409);
    await tenant.service.settle();
    expect(await tenant.images()).toEqual(['cat.jpg: searchable', 'words: described']);
    expect((await retry('cat.jpg')).status).toBe(409);
  });

  it('go with their image where its picture is gone as well', async () => {
    await describedAlone(how);
    await tenant.untold(() => tenant.remove('cat.jpg'));
    await tenant.days(1);
    expect(await tenant.images()).toEqual(['words: described']);
  });
});

it('words of an earlier state are put back: those of the picture that is there are made again, once', async () => {
  await tenant.put('cat.jpg');
  await tenant.service.settle();
  const earlier = tenant.glossOf('cat.jpg');
  await tenant.put('cat.jpg', pictures.other);
  await tenant.service.settle();
  tenant.table('Images').put(earlier);
  expect(await tenant.differences()).toEqual([`no_gloss ${idOf('cat.jpg')}`]);
  await tenant.days(MONTH_DAYS);
  expect(await tenant.differences()).toEqual([]);
  const answers = tenant.world.modelCalls;
  await tenant.days(MONTH_DAYS);
  expect(tenant.world.modelCalls).toBe(answers);
  expect(tenant.deadLetters()).toEqual([]);
});

describe('a record is lost', () => {
  const loseRecord = (name: string) => {
    tenant.table('Images').delete('acme/images', idOf(name));
  };
  /** As S3 numbers it: above every number that is made of a time, or below. */
  const LOW = '0'.repeat(31) + '1';
  const renumber = (item: Item, sequencer: string): Item => ({
    ...item,
    sequencer: { S: sequencer },
    gloss: { S: item['gloss']!.S!.replace(/"sequencer":"[^"]*"/, `"sequencer":"${sequencer}"`) },
  });

  it.each([
    ['above', undefined],
    ['below', LOW],
  ])(
    'of a picture whose words have a number %s that of a time: it comes back, searchable',
    async (_, low) => {
      await tenant.put('cat.jpg');
      await tenant.service.settle();
      if (low !== undefined) tenant.table('Images').put(renumber(tenant.glossOf('cat.jpg'), low));
      loseRecord('cat.jpg');
      expect(await tenant.images()).toEqual([]);
      await tenant.days(MONTH_DAYS);
      expect(await tenant.images()).toEqual(['cat.jpg: searchable']);
      expect(await tenant.differences()).toEqual([]);
      await tenant.reindex();
      expect(await tenant.documents()).toBe(1);
      expect(await tenant.differences()).toEqual([]);
    },
  );

  it('with the words, and the index alone knows of it: the same', async () => {
    await tenant.put('cat.jpg');
    await tenant.service.settle();
    loseRecord('cat.jpg');
    loseGloss('cat.jpg');
    await tenant.days(MONTH_DAYS);
    expect(await tenant.images()).toEqual(['cat.jpg: searchable']);
    expect(await tenant.differences()).toEqual([]);
    expect(await tenant.documents()).toBe(1);
  });

  it('and its picture turns out to be none: its words go', async () => {
    await tenant.put('cat.jpg');
    await tenant.service.settle();
    loseRecord('cat.jpg');
    await tenant.untold(() => tenant.put('cat.jpg', Buffer.from('no picture')));
    await tenant.days(MONTH_DAYS);
    expect(await tenant.images()).toEqual(['cat.jpg: failed']);
    expect(await tenant.documents()).toBe(0);
  });
});

it('a manifest that cannot be read keeps nobody from having a picture described of which S3 did not tell', async () => {
  await tenant.imports({ words: 'an otter' });
  await tenant.service.settle();
  const table = tenant.table('Index');
  table.put({ ...table.get('acme/manifest', 'manifest')!, body: { S: '{broken' } });
  await tenant.untold(() => tenant.put('cat.jpg'));
  await tenant.days(1);
  expect(await tenant.images()).toEqual(['cat.jpg: described', 'words: searchable']);
});
