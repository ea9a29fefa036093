import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEnglishLexicon } from '../../../lib/lexicon/english.ts';
import { openLexicon, type Lexicon } from '../../../lib/lexicon/lexicon.ts';
import { ENGLISH } from '../../../lib/text/analyzer.ts';
import { indexTerms } from '../../../lib/text/index-terms.ts';
import { encodeLexicon } from '../../../lib/tools/lexicon/encode-lexicon.ts';
import { knownWords } from '../../../lib/tools/lexicon/known-words.ts';
import { englishLines, englishNotice } from '../../../lib/tools/lexicon/make-lexicon.ts';
import { readWordNet } from '../../../lib/tools/lexicon/read-wordnet.ts';
import { parsedLexicon } from './parsed-lexicon.ts';

const TABLE = [
  'creatur',
  'anim;creatur',
  '!dog;anim;~hound,puppi',
  '^hot dog',
  '%build;creatur;~%cast',
  '~bar;creatur;pub',
  'cat;anim',
  'big cat;anim',
  '~+bear;anim;~+bruin',
];
const lexicon = openLexicon(encodeLexicon(TABLE));

describe('openLexicon', () => {
  it.each([
    ['puppi', ['dog', 'anim', 'creatur']], // another word for it: the class and all that is wider
    ['hound', ['dog']], // often means something else: nothing wider
    ['dog', ['dog', 'anim', 'creatur']], // counted itself, since compounds end in it
    ['cat', ['anim', 'creatur']],
    ['hot dog', []],
    ['bar', []],
    ['pub', ['bar', 'creatur']],
    ['tree', []],
    ['bear', []],
    ['bruin', ['bear']],
  ])('knows what a mention of %s says', (key, classes) => {
    expect(lexicon.classesOf(key)).toEqual(classes);
  });

  it.each([
    ['bear', ['anim', 'creatur']], // a verb as well
    ['bruin', ['bear', 'anim', 'creatur']],
    ['bar', []],
    ['puppi', ['dog', 'anim', 'creatur']],
  ])('knows what a mention of %s says where it is read as a noun', (key, classes) => {
    expect(lexicon.classesOf(key, true)).toEqual(classes);
  });

  it('knows which class to look for, where something else than the word belongs to it', () => {
    expect(lexicon.classFor('puppi')).toEqual({ name: 'dog' });
    expect(lexicon.classFor('anim')).toEqual({ name: 'anim' });
    expect(lexicon.classFor('hot dog')).toBeUndefined();
    expect(lexicon.isCompound('hot dog')).toBe(true);
    expect(lexicon.isCompound('cat')).toBe(false);
    expect(['build', 'cast', 'dog', 'tree'].filter((key) => lexicon.hasParticiple(key))).toEqual([
      'build',
      'cast',
    ]);
    expect(['hot dog', 'big cat', 'dog', 'bear'].filter((key) => lexicon.isExocentric(key))).toEqual([
      'hot dog',
    ]);
    expect(['hot dog', 'bear', 'bruin', 'dog'].filter((key) => lexicon.isNoun(key))).toEqual([
      'bear',
      'bruin',
    ]);
  });
});

/** What WordNet says, by its own pages: `wn couch -synsn`, `wn woman -hypen`. */
describe('the English table', () => {
  const derived = (text: string) =>
    [...indexTerms(text, ENGLISH, ENGLISH.lexicon)].filter(({ isWord }) => !isWord).map(({ term }) => term);

  /** Of the hypernyms of `wn WORD -hypen` one is a meaning of the last word, or none is. */
  it.each([
    ['teddy bear', true],
    ['hot dog', true],
    ['dog house', true],
    ['sea lion', true],
    ['ice cream', true],
    ['polar bear', false],
    ['dining table', false],
    ['wine glass', false],
    ['tennis racket', false],
    ['fire truck', false],
    ['police car', false],
    ['baseball bat', false],
  ])('knows whether a %s is no kind of what its last word names: %s', (name, is) => {
    const key = ENGLISH.terms(name).join(' ');
    expect([ENGLISH.lexicon.isCompound(key), ENGLISH.lexicon.isExocentric(key)]).toEqual([true, is]);
  });

  it.each([
    ['a couch', '=sofa'],
    ['two women', '=person'],
    ['people', '=person'],
    ['a taxi', '=car'],
    ['a plane', '=airplan'],
    ['an aeroplane', '=aircraft'],
    ['a TV', '=televis receiv'],
    ['parking meters', 'park meter'],
    ['a wine glass', '=wineglass'],
    ['firemen', '=person'],
    ['a motorbike', '=motorcycl'],
    ['a scooter', '=vehicl'],
    ['a polar bear', '=anim'],
    ['a rocking horse', '=playth'],
    ['a white horse', '=hors'],
    ['a building', '=build'],
    ['a wedding', '=ceremoni'],
    // What most pictures show by the name: furniture, fruit, vegetables, buildings, people.
    ['a table', '=furnitur'],
    ['a banana', '=fruit'],
    ['broccoli', '=veget'],
    ['a church', '=build'],
    ['a queen', '=person'],
    ['a girl', '=woman'],
    ['a little girl', '=child'],
    ['a boy', '=child'],
    ['a rose', '=flower'],
    ['a tulip', '=flower'],
    ['an oak', '=plant'],
    ['corn', '=food'],
    // Verbs as well, read as nouns.
    ['a brown bear', '=anim'],
    ['two bears', '=anim'],
    ['Bears in a field', '=anim'],
    ['several baby ducks', '=bird'],
    ['a white butterfly', '=insect'],
    ['a picture of crows', '=anim'],
    ['dogs, ducks, cats', '=bird'],
    ["a child's duck", '=bird'],
    ['a nurse', '=person'],
    ['an apple', '=food'],
    ['a bus', '=vehicl'],
    ['a train', '=vehicl'],
    ['blue jeans', '=cloth'],
  ])('"%s" gives %s', (text, term) => {
    expect(derived(text)).toContain(term);
  });

  it('says nothing wider of a stem that two nouns have, of which neither is the common one', () => {
    // WordNet: a mope is a person, and a moped is a motorbike.
    expect(derived('a moped')).not.toContain('=person');
  });

  it.each([
    ['a hot dog', '=dog'],
    ['mounted on the wall', '=hors'],
    ['lush grass', '=person'],
    ['he stands in a field', '=person'],
    ['a teddy bear', '=bear'],
    ['a small white dog', '=insect'],
    ['a leather jacket', '=fish'],
    ['a red coat', '=soldier'],
    ['a poster', '=hors'],
    ['a white horse', '=wave'],
    ['a scooter', '=boat'],
    ['a man leaving', '=leaf'],
    ['a black widow', '=anim'],
    ['a game of chess', '=grass'],
    ['smoke over a roof', '=cloud'],
    ['a queen', '=insect'],
    ['a table', '=group'],
    ['corn', '=alcohol'],
    ['fried chicken', '=bird'],
    ['a wooden bench of wood', '=forest'],
    ['a cell phone', '=compart'],
    ['a hot dog', '=sandwich'],
    ['a fat cat', '=person'],
    ['a red admiral', '=insect'],
    ['a man smoking', '=cloud'],
    ['biking along the river', '=bicycl'],
    ['parked in a row', '=area'],
    ['what he does', '=anim'],
    ['an apple', '=autonom nervous system'],
    ['she bears a load', '=anim'],
    ['a man bears a load', '=anim'],
    ['they duck under a branch', '=bird'],
    ['to nurse a child', '=adult'],
    // Other things first, or of another noun with the same stem.
    ['a boy holding a bat', '=anim'],
    ['a monitor on a desk', '=anim'],
    ['a train engine', '=person'],
    ['a baseball batter', '=food'],
    ['a skateboarder performs a stunt', '=anim'],
    ['a wall bearing graffiti', '=anim'],
    ['women duck behind a wall', '=bird'],
    ['bear left at the fork', '=anim'],
    ['two men hammer at a nail', '=devic'],
    ['people mount up', '=hors'],
  ])('"%s" does not give %s', (text, term) => {
    expect(derived(text)).not.toContain(term);
  });
});

/** Everything that a lexicon says about a key. */
const said = (of: Lexicon, key: string): string =>
  [
    `${key}: in ${of.classesOf(key).join(', ')}, as a noun ${of.classesOf(key, true).join(', ')}, class ${of.classFor(key)?.name ?? '-'}`,
    of.isEntry(key) && 'entry',
    of.hasParticiple(key) && 'participle',
    of.isNoun(key) && 'noun',
    of.isExocentric(key) && 'exocentric',
    of.isCompound(key) && 'compound',
    of.beginsCompound(key) && 'begins',
  ].join();

/** Keys, what compounds begin and end with, and what is nearly a key. */
function questions(lines: readonly string[]): Set<string> {
  const asked = new Set(['', ' ', '~', '\u{10ffff}', '\ud800']);
  for (const key of lines.flatMap((line) => line.replaceAll(/[~+!^%]/g, '').split(/[;,]/))) {
    const words = key.split(' ');
    for (const end of words.keys())
      asked.add(words.slice(0, end + 1).join(' ')).add(words.slice(end).join(' '));
    for (const other of [key.slice(0, -1), `${key}s`, `${key} `, ` ${key}`, `${key} tree`, `é${key}`])
      asked.add(other);
  }
  return asked;
}

describe('the file', () => {
  let lines: readonly string[];
  beforeAll(() => {
    lines = englishLines();
  });
  const inFile = (name: string) => readFileSync(join(import.meta.dirname, '../../../lib/lexicon', name));

  it('is what `npm run lexicon` makes of WordNet, byte for byte', () => {
    expect(inFile('english.bin').equals(encodeLexicon(lines))).toBe(true);
    expect(inFile('known-words.txt').toString()).toBe(`${knownWords(readWordNet()).join('\n')}\n`);
    expect(inFile('LICENSE-wordnet.txt').toString()).toBe(englishNotice());
    expect(englishNotice()).toContain('Copyright 2011 by Princeton University');
  });

  it('says about every key, and about what is none, what the lines say', () => {
    const [file, parsed] = [openEnglishLexicon(), parsedLexicon(lines)];
    const asked = questions(lines);
    expect(asked.size).toBeGreaterThan(200_000);
    const different = [...asked].filter((key) => said(file, key) !== said(parsed, key));
    expect(different).toEqual([]);
  });

  it('says so of any lines, in blocks of any size', () => {
    fc.assert(
      fc.property(anyLines, fc.integer({ min: 1, max: 5 }), (some, keysPerBlock) => {
        const [file, parsed] = [openLexicon(encodeLexicon(some, keysPerBlock)), parsedLexicon(some)];
        for (const key of questions(some)) expect(said(file, key)).toBe(said(parsed, key));
      }),
      { numRuns: 300 },
    );
  });
});

/** Lines whose keys share beginnings, with words of several bytes a character, and circles among the classes. */
const anyLines = fc
  .uniqueArray(
    fc
      .array(
        fc.string({ unit: fc.constantFrom('a', 'b', 'é', '猫', '\u{1f408}'), minLength: 1, maxLength: 30 }),
        {
          minLength: 1,
          maxLength: 3,
        },
      )
      .map((words) => words.join(' ')),
    { minLength: 1, maxLength: 40 },
  )
  .chain((keys) =>
    fc
      .array(
        fc.record({
          name: fc.boolean(),
          marks: fc.constantFrom('', '~', '!', '~!', '%', '^%', '~^!'),
          to: fc.array(fc.nat(), { maxLength: 3 }),
        }),
        {
          minLength: keys.length,
          maxLength: keys.length,
        },
      )
      .map((choices) => {
        const names = keys.filter((_, i) => i === 0 || choices[i]!.name);
        const nameFor = (to: number | undefined) => names[(to ?? 0) % names.length]!;
        return names.map((name) => {
          const { marks, to } = choices[keys.indexOf(name)]!;
          const wider = [...new Set(to.map(nameFor))].join(',');
          const synonyms = keys
            .filter((key, i) => !names.includes(key) && nameFor(choices[i]!.to[0]) === name)
            .map((key) => `${marksFor(key, choices[keys.indexOf(key)]!.marks).replace('!', '')}${key}`);
          return `${marksFor(name, marks)}${name};${wider};${synonyms.join(',')}`.replace(/;+$/, '');
        });
      }),
  );

/** Words have a mark of their own in place of that of compounds. */
const marksFor = (key: string, marks: string) => (key.includes(' ') ? marks : marks.replace('^', '+'));

describe('a damaged file', () => {
  const bytes = encodeLexicon(TABLE, 2);
  const refused = (code: string) => expect.objectContaining({ kind: 'corrupt', code }) as Error;

  it('is refused, whichever byte is another', () => {
    for (const at of bytes.keys())
      for (const mask of [0x01, 0x80, 0xff]) {
        const damaged = bytes.with(at, bytes[at]! ^ mask);
        expect(() => openLexicon(damaged), `byte ${at}`).toThrow(refused('lexicon_corrupt'));
      }
  });

  it('is refused, wherever it was cut off', () => {
    for (const length of bytes.keys())
      expect(() => openLexicon(bytes.subarray(0, length)), `${length} bytes`).toThrow(
        refused('lexicon_corrupt'),
      );
  });

  it('of another version says so', () => {
    expect(() => openLexicon(bytes.with(4, 2))).toThrow('lexicon, byte 4: format version 2 is unknown');
  });

  /** A writer may be wrong about what it then seals. */
  it('with a checksum that is right is read to no end that is not there', () => {
    for (let at = 6; at < bytes.length - 4; at += 1)
      for (const mask of [0x01, 0x07, 0x0f, 0x80, 0xff]) {
        const damaged = bytes.with(at, bytes[at]! ^ mask);
        const end = damaged.length - 4;
        new DataView(damaged.buffer).setUint32(end, crc32(damaged.subarray(0, end)), true);
        try {
          const opened = openLexicon(damaged);
          for (const key of questions(TABLE)) said(opened, key);
        } catch (error) {
          expect(error, `byte ${at}`).toEqual(refused('lexicon_corrupt'));
        }
      }
  });
});

describe('encodeLexicon', () => {
  it.each([
    ['a key that stands twice', ['cat', 'dog;;cat'], 'a key stands twice'],
    ['a wider class without a line', ['cat;anim'], 'no line names the class "anim"'],
    ['too many wider classes', ['a;b,c,d,e', ...'b c d e'.split(' ')], '"a" has 4 wider classes'],
    ['too long a key', ['a'.repeat(300)], 'is too long a key'],
    ['a word as a compound', ['^cat'], '"^cat" has a mark of another kind of key'],
    ['a compound as a word', ['+big cat'], '"+big cat" has a mark of another kind of key'],
  ])('refuses %s', (_, lines, message) => {
    expect(() => encodeLexicon(lines)).toThrow(message);
  });
});
