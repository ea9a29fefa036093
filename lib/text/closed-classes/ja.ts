import type { ClosedClasses } from './closed-classes.ts';

export const JAPANESE: ClosedClasses = {
  particles:
    'の に は を が と で て も へ や か な ね よ し た だ です ます ない なし れ られ せ させ ある あり いる い する さ これ それ あれ この その ' +
    'あの ここ そこ こと もの ため よう ところ から まで より など だけ ほど また そして および 及び として について において による ' +
    'によって という ながら お ご ば たり ません まし でし られる れる ください とても',
  determiners: 'この その あの',
  both: '',
  negators: '',
};
