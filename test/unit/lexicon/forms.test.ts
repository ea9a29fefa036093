import { describe, expect, it } from 'vitest';
import { openForms, parseForms } from '../../../lib/lexicon/forms.ts';
import { compileForms } from '../../../lib/tools/forms/compile-forms.ts';

describe('a table of forms', () => {
  const forms = parseForms('# a comment\nves 3f\nolves 3f\n^gloves 1\nloves 0\n');

  it('lets the longest ending decide, and a whole word before it', () => {
    expect(forms.baseOf('shelves')).toBe('shelf');
    expect(forms.baseOf('werewolves')).toBe('werewolf');
    expect(forms.baseOf('foxgloves')).toBe('foxgloves');
    expect(forms.baseOf('gloves')).toBe('glove');
    expect(forms.baseOf('dog')).toBe('dog');
    expect(forms.baseOf('s')).toBe('s');
    expect(parseForms('es 2').baseOf('es')).toBe('es');
    expect(forms.baseOf('')).toBe('');
  });

  it('is compiled so that every form is led to its base, with endings where they are right', () => {
    const pairs = [
      ['shelf', 'shelf'],
      ['shelves', 'shelf'],
      ['wolf', 'wolf'],
      ['wolves', 'wolf'],
      ['scarves', 'scarf'],
      ['glove', 'glove'],
      ['gloves', 'glove'],
      ['dove', 'dove'],
      ['doves', 'dove'],
      ['mouse', 'mouse'],
      ['mice', 'mouse'],
    ] as const;
    const stem = (word: string) => word.replace(/s$/, '');
    const lines = compileForms(pairs, stem);
    const compiled = parseForms(lines.join('\n'));
    for (const [form, base] of pairs) expect(stem(compiled.baseOf(form))).toBe(stem(base));
    expect(compiled.baseOf('elves')).toBe('elf');
    expect(lines).toContain('^mice 3ouse');
  });
});

/** As dictionaries have them. */
describe('the forms of', () => {
  it.each([
    ['en', 'bookshelves', 'bookshelf'],
    ['en', 'octopi', 'octopus'],
    ['en', 'harbour', 'harbor'],
    ['en', 'organise', 'organize'],
    ['en', 'colouring', 'coloring'],
    ['en', 'chequerboards', 'checkerboard'],
    ['en', 'called', 'called'],
    ['en', 'news', 'news'],
    ['en', 'hour', 'hour'],
    ['de', 'wildgänse', 'wildgans'],
    ['de', 'bäume', 'baum'],
    ['de', 'bär', 'bär'],
    ['fr', 'travaux', 'travail'],
    ['es', 'luces', 'luz'],
    ['pt', 'leoes', 'leao'],
    ['it', 'uomini', 'uomo'],
    ['nl', 'schepen', 'schip'],
    ['nl', 'grotere', 'groot'],
    ['nl', 'ouder', 'ouder'],
    ['nl', 'lekkere', 'lekker'],
    ['nl', 'vies', 'vies'],
    ['sv', 'böcker', 'bok'],
  ])('%s lead %s to %s', (language, form, base) => {
    expect(openForms(language).baseOf(form)).toBe(base);
  });
});
