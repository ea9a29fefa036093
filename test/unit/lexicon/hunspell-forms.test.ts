import { expect, it } from 'vitest';
import { hunspellForms } from '../../../lib/tools/forms/hunspell-forms.ts';

const formsOf = (aff: string, dic: string) =>
  Array.from(hunspellForms(aff, dic), ({ form, word }) => [form, word]);

it('makes what the rules of a dictionary make of its words', () => {
  const aff = `SET UTF-8
FLAG long
NEEDAFFIX ()
FORBIDDENWORD {}
SFX S. Y 2
SFX S. 0 s/L' [^sxz]
SFX S. al aux [^b]al # a comment
SFX Z. Y 1
SFX Z. 0 zz .
`;
  const dic = `5
chat/S.
cheval/S.
nez/S.
-lo/S.()
mot/S.{}
`;
  expect(formsOf(aff, dic)).toEqual([
    ['chat', 'chat'],
    ['chats', 'chat'],
    ['cheval', 'cheval'],
    ['chevals', 'cheval'],
    ['chevaux', 'cheval'],
    ['nez', 'nez'],
    ['-los', '-lo'],
  ]);
});

it('reads flags of one letter', () => {
  const aff = 'FLAG UTF-8\nSFX A Y 1\nSFX A   z     ces      z\n';
  expect(formsOf(aff, '2\nluz/BA\nmar/B\n')).toEqual([
    ['luz', 'luz'],
    ['luces', 'luz'],
    ['mar', 'mar'],
  ]);
});

it('says what a dictionary marks a form as, and the flags of its word', () => {
  const aff = 'FLAG long\nSFX Zf Y 1\nSFX Zf as zen/CaCb s\t\tts:NN2\n';
  expect([...hunspellForms(aff, '1\nvaas/CcZf\n')]).toEqual([
    { form: 'vaas', word: 'vaas', flags: ['Cc', 'Zf'] },
    { form: 'vazen', word: 'vaas', tag: 'NN2', flags: ['Cc', 'Zf'] },
  ]);
});
