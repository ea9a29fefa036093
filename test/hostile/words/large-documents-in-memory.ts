import type { Gloss } from '../../../lib/domain/gloss.ts';
import type { ImageRecord } from '../../../lib/domain/image.ts';
import { imageIdOf, parseSequencer, parseTenantId, type ImageId } from '../../../lib/domain/ids.ts';
import { randomOf } from '../../support/random.ts';

export const TENANT = parseTenantId('large');
const TEXT_BYTES = 95_000;
const sequencer = parseSequencer('01');

/** Documents of 95 KB, in which no word stands twice, nor in two of them, with what steps read of them: records and glosses. */
export function largeDocuments(count: number) {
  const random = randomOf(1);
  let serial = 0;
  function text(): string {
    let words = '';
    while (words.length < TEXT_BYTES) words += `${(serial++).toString(36)}${random.below(36).toString(36)} `;
    return words.slice(0, TEXT_BYTES);
  }
  const names = Array.from({ length: count }, (_, i) => `${i}`);
  const glosses = new Map(
    names.map((name): [ImageId, Gloss] => {
      const imageId = imageIdOf(TENANT, name);
      const views = [
        { view: { index: 0, kind: 'text' }, tags: [], caption: text(), visibleText: '' },
      ] as const;
      return [
        imageId,
        { imageId, sequencer, model: 'import', promptVersion: '-', cropPolicy: 'none', views },
      ];
    }),
  );
  const records = new Map(
    names.map((name) => {
      const imageId = imageIdOf(TENANT, name);
      return [
        imageId,
        { imageId, name, sequencer, status: 'described', revision: 1 } as unknown as ImageRecord,
      ];
    }),
  );
  const some = <Value>(all: ReadonlyMap<ImageId, Value>, ids: readonly ImageId[]) =>
    new Map(ids.flatMap((id) => (all.has(id) ? [[id, all.get(id)!] as const] : [])));
  return {
    names,
    records,
    recordsOf: (ids: readonly ImageId[]) => some(records, ids),
    glossesOf: (ids: readonly ImageId[]) => some(glosses, ids),
  };
}

/** Of this process, in megabytes. */
export const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);
