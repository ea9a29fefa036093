import { expect, it } from 'vitest';
import { dutchVerbs } from '../../../lib/tools/forms/dutch-verbs.ts';
import { hunspellForms } from '../../../lib/tools/forms/hunspell-forms.ts';

const AFF = `FLAG long
SFX V3 Y 1
SFX V3 0 t [^ao]\t\tts:VB3
SFX Vp Y 1
SFX Vp 0 de .\t\tts:VBh1
SFX Vi Y 1
SFX Vi 0 d .\t\tts:PPn
`;
const verbsOf = (dic: string) => {
  const { pairs, own } = dutchVerbs(hunspellForms(AFF, `9\n${dic.split(' ').join('\n')}\n`));
  return { verbOf: new Map(pairs), own };
};

it('puts stem, infinitive and participle together by how they are spelt', () => {
  const { verbOf } = verbsOf(
    'openen/Vi open/V3Vp geopend/Ve lopen/Vi loop/V3 leven/Vi leef/V3Vp zwemmen/Vi zwem/V3',
  );
  expect(
    ['opent', 'opende', 'openend', 'geopend', 'loopt', 'leefde', 'zwemt'].map((form) => verbOf.get(form)),
  ).toEqual(['openen', 'openen', 'openen', 'openen', 'lopen', 'leven', 'zwemmen']);
});

it('leaves a strong form to its verb, whatever else is spelt so', () => {
  const { verbOf } = verbsOf('kozen/Vi koos/V3 kiezen/Vi kies/V3');
  expect([verbOf.get('koos'), verbOf.get('koost'), verbOf.get('kiest')]).toEqual([
    'kiezen',
    'kozen',
    'kiezen',
  ]);
});

it('takes what is also another word for one of its own, but for parts of compounds', () => {
  const { own } = verbsOf('plannen/Vi plan/V3 plant/Zb rennen/Vi ren/V3 rent/Ca');
  expect([...own!]).toEqual(['plant']);
});
