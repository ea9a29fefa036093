import { expect, it } from 'vitest';
import { PICTURE_TYPES } from '../../../lib/domain/picture-type.ts';
import { shownAs } from '../../../lib/domain/shown-as.ts';

it('shows what was decoded as what it was decoded as, whatever its name says', () => {
  expect(shownAs('a/b/page.html', 'png')).toEqual({
    contentType: 'image/png',
    disposition: 'inline; filename="page.png"',
  });
  for (const [format, type] of Object.entries(PICTURE_TYPES))
    expect(shownAs('x', format)).toEqual({
      contentType: type,
      disposition: `inline; filename="x.${format}"`,
    });
});

it('has everything else saved, as bytes', () => {
  for (const format of [undefined, 'svg', 'heif', 'html', 'constructor'])
    expect(shownAs('page.html', format)).toEqual({
      contentType: 'application/octet-stream',
      disposition: 'attachment; filename="page.bin"',
    });
});

it.each([
  ['a"; evil="b.jpg', 'filename="a___evil__b.jpeg"'],
  ['\u202Egpj.exe', 'filename="_gpj.jpeg"'],
  ['日本.jpg', `filename="__.jpeg"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.jpeg`],
  ['.jpg', 'filename="_.jpeg"'],
  ['x'.repeat(1_000), `filename="${'x'.repeat(60)}.jpeg"`],
])('gives %j a safe file name', (name, expected) => {
  expect(shownAs(name, 'jpeg').disposition).toBe(`inline; ${expected}`);
});
