import { describe, expect, it } from 'vitest';
import { compileForms, type Pair } from '../../../../lib/tools/forms/compile-forms.ts';
import { hunspellForms } from '../../../../lib/tools/forms/hunspell-forms.ts';
import { parseForms } from '../../../../lib/lexicon/forms.ts';

const same = (word: string) => word;

describe('a table of forms', () => {
  const PAIRS: Pair[] = [
    ['shelves', 'shelf'],
    ['elves', 'elf'],
    ['wolves', 'wolf'],
    ['valves', 'valve'],
    ['mice', 'mouse'],
    ['shelf', 'shelf'],
    ['valve', 'valve'],
  ];

  it('leads every form to its base', () => {
    const forms = parseForms(compileForms(PAIRS, same).join('\n'));
    expect(PAIRS.map(([form]) => [form, forms.baseOf(form)])).toEqual(PAIRS);
  });

  it('knows words of no lexicon by their endings', () => {
    const forms = parseForms(compileForms(PAIRS, same).join('\n'));
    expect(forms.baseOf('bookshelves')).toBe('bookshelf');
    expect(forms.baseOf('cars')).toBe('cars');
  });

  it('has base forms that are not stemmed, and stems that are led', () => {
    const forms = parseForms(['^puertas 1', '!puerta', '=^ran 2un'].join('\n'));
    expect(forms.isWhole(forms.baseOf('puertas'))).toBe(true);
    expect(forms.isWhole('puerto')).toBe(false);
    expect(forms.stemOf('ran')).toBe('run');
    expect(forms.baseOf('ran')).toBe('ran');
  });
});

it('forms of a Hunspell dictionary, by its rules', () => {
  const aff = ['SFX S Y 2', 'SFX S 0 s [^s]', 'SFX S y ies [^aeiou]y', 'FORBIDDENWORD X'].join('\n');
  const dic = ['3', 'cat/S', 'berry/S', 'bad/X'].join('\n');
  const forms = Array.from(hunspellForms(aff, dic), ({ form, word }) => `${form} ${word}`);
  expect(forms).toEqual(['cat cat', 'cats cat', 'berry berry', 'berrys berry', 'berries berry']);
});
