import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatReport } from '../../../lib/cli/commands/add.ts';
import {
  isVisible,
  reasonText,
  visibleJson,
  visibleLines,
  visibleText,
} from '../../../lib/domain/visible-text.ts';

const ALL = Array.from({ length: 0x11_0000 }, (_, code) => code).filter(
  (code) => code < 0xd8_00 || code > 0xdf_ff,
);
/** All control and format characters and line ends; of the unassigned, which are most of Unicode, every 97th. */
const hidden = ALL.filter((code) => {
  const character = String.fromCodePoint(code);
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character) || (code % 97 === 0 && /\p{Cn}/u.test(character));
}).map((code) => String.fromCodePoint(code));

describe('what does not show', () => {
  it('stands there as an escape: all control, format and unassigned characters', () => {
    expect(hidden.length).toBeGreaterThan(65 + 170);
    expect(hidden.filter(isVisible)).toEqual([]);
    const wrong = hidden.filter((character) => {
      const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
      return visibleText(`a${character}`) !== `a\\u{${code}}`;
    });
    expect(wrong).toEqual([]);
    for (const bidi of [
      '\u202A',
      '\u202B',
      '\u202C',
      '\u202D',
      '\u202E',
      '\u2066',
      '\u2067',
      '\u2068',
      '\u2069',
    ])
      expect(hidden).toContain(bidi);
    for (const width of ['\u200B', '\u200D', '\uFEFF', '\u009B']) expect(hidden).toContain(width);
    expect(visibleText('\uD800')).toBe('\\u{D800}');
  });

  it('keeps what shows, and line ends where they are ours', () => {
    expect(visibleText('Käse 日本 🧀 "x"')).toBe('Käse 日本 🧀 "x"');
    expect([visibleText('a\nb'), visibleLines('a\n\u001Bb')]).toEqual(['a\\u{000A}b', 'a\n\\u{001B}b']);
  });

  it('is escaped in JSON that is read as the same value', () => {
    const all = { text: hidden.slice(0, 3_000).join('') };
    for (const indent of [undefined, 2]) {
      const json = visibleJson(all, indent);
      expect(JSON.parse(json)).toEqual(all);
      expect(isVisible(json.replaceAll('\n', ''))).toBe(true);
    }
  });
});

it('a reason is one line of 300 characters at most', () => {
  expect(reasonText(`a\r\n${'b'.repeat(1_000)}`)).toHaveLength(300);
  expect(isVisible(reasonText(`\u001B[2J${'\u202E'.repeat(100)}`))).toBe(true);
});

describe('the command line', () => {
  it('shows hostile names and reasons as they are', () => {
    const totals = { files: 1, searchable: 0, failed: 1, notSent: 0, pending: 0, seconds: 1 };
    const failure = { code: 'x', reason: 'no\n\u001B[31mroom', retryable: false };
    const images = [{ name: 'a\u202Egpj.\u0007', status: 'failed', failure }];
    const report = { images, passedOver: [], totals };
    expect(formatReport(report as never, true)).toContain(
      'a\\u{202E}gpj.\\u{0007}: no\\u{000A}\\u{001B}[31mroom',
    );
  });

  it('prints by the one function', () => {
    const root = join(import.meta.dirname, '../../../lib/cli');
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.ts') && file !== join('terminal', 'print.ts'))
        expect(readFileSync(join(root, file), 'utf8'), file).not.toMatch(
          /console\.|process\.std(?:out|err)\.write/,
        );
  });
});
