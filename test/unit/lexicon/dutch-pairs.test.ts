import { expect, it } from 'vitest';
import { dutchPairs } from '../../../lib/tools/forms/dutch-pairs.ts';
import { hunspellForms } from '../../../lib/tools/forms/hunspell-forms.ts';

const AFF = `FLAG long
SFX Zb Y 1
SFX Zb 0 en/CaCb [^eo]\t\tts:NN2
SFX Ze Y 2
SFX Ze 0 men/CaCb m\t\tts:NN2
SFX Ze 0 sen/CaCb s\t\tts:NN2
SFX Zf Y 2
SFX Zf om men/CaCb m\t\tts:NN2
SFX Zf as zen/CaCb s\t\tts:NN2
SFX V3 Y 1
SFX V3 0 t [^ao]\t\tts:VB3
`;
const pairsOf = (dic: string, ...vocabulary: string[]) =>
  new Map(dutchPairs([...hunspellForms(AFF, `9\n${dic.split(' ').join('\n')}\n`)], vocabulary));

it('takes what the dictionary marks as a plural for one, though a verb is written alike', () => {
  const pairs = pairsOf('tak/Zb fiets/ZbV3 fietsen/Vi');
  expect([pairs.get('takken'), pairs.get('fietsen'), pairs.get('fiets')]).toEqual([
    undefined,
    'fietsen',
    'fietsen',
  ]);
});

it('leaves a form to the verb where texts have more of the verb, if its vowel tells them apart', () => {
  const dic = 'spel/Zb speel/V3 spelen/Vi dag/Zb daag/V3 dagen/Vi';
  const pairs = pairsOf(dic, 'speelt', 'gespeeld', 'spel', 'dag', 'zondag', 'maandag', 'daagt');
  expect([pairs.get('spelen'), pairs.get('dagen')]).toEqual(['spelen', 'dag']);
});

it('gives a plural that two nouns are marked to have to the one whose vowel is long', () => {
  const pairs = pairsOf('boom/Zf bom/ZbZe');
  expect([pairs.get('bomen'), pairs.get('bommen')]).toEqual(['boom', 'bom']);
});

it('knows plurals with another vowel that the dictionary has as words of their own', () => {
  const pairs = pairsOf('glas/Cc glazen/Cc schip/Cc schepen/Cc man/Ze manen/Vi maan/Cc');
  expect([pairs.get('glazen'), pairs.get('schepen')]).toEqual(['glas', 'schip']);
});
