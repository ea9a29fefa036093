import { expect, test } from 'vitest';
import { pictureSequence, showsPictures } from '../../../../lib/cli/terminal/picture.ts';

test.each([
  [{ TERM_PROGRAM: 'WezTerm' }, true],
  [{ TERM_PROGRAM: 'iTerm.app' }, true],
  [{ LC_TERMINAL: 'iTerm2' }, true], // over ssh
  [{ KONSOLE_VERSION: '230804' }, true],
  [{ KONSOLE_VERSION: '211200' }, false],
  [{ TERM_PROGRAM: 'Apple_Terminal' }, false],
  [{ TERM_PROGRAM: 'iTerm.app', TMUX: '/tmp/tmux' }, false],
  [{}, false],
])('a terminal with %o shows pictures: %s', (environment, shows) => {
  expect(showsPictures({ isTTY: true }, environment)).toBe(shows);
  expect(showsPictures({}, environment)).toBe(false);
});

// As "Images" of the documentation of iTerm2 has it: ESC ] 1337 ; File = arguments : base64 BEL.
test('a picture is sent in base64, as high as some lines', () => {
  expect(pictureSequence(Buffer.from('abc'), 6)).toBe(
    '\u001b]1337;File=inline=1;size=3;height=6;preserveAspectRatio=1:YWJj\u0007',
  );
});
