import { gzipSync } from 'node:zlib';
import type { Random } from '../../support/random.ts';

/** SVGs without a size: whoever asks for theirs makes the library lay out all that they hold. */
export function drawing(random: Random): Buffer {
  const svg = Buffer.from(
    `${random.pick(['', '<?xml version="1.0"?>', '\uFEFF', ' \n'])}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${contentOf(random)}</svg>`,
  );
  return random.chance(0.3) ? gzipSync(svg) : svg;
}

function contentOf(random: Random): string {
  switch (random.below(4)) {
    case 0:
      return `<text font-size="10">${'ab \u0E01'.repeat(250_000)}</text>`;
    case 1: {
      const rules = Array.from({ length: 20_000 }, (_, i) => `g g g g g .c${i}{fill:red}`).join('');
      return `<style>${rules}</style>${'<g>'.repeat(15)}${'<rect class="c1 c2"/>'.repeat(20_000)}${'</g>'.repeat(15)}`;
    }
    case 2: {
      const depth = 9;
      const groups = Array.from({ length: depth }, (_, i) => {
        const uses = `<use xlink:href="#g${i}" x="1"/>`.repeat(10);
        return `<g id="g${i + 1}">${uses}</g>`;
      });
      return `<defs><g id="g0"><rect width="9" height="9"/></g>${groups.join('')}</defs><use xlink:href="#g${depth}"/>`;
    }
    default:
      return '<rect width="1" height="1"/>'.repeat(190_000);
  }
}
