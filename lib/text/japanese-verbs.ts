/** Hiragana behind the characters of a verb or an adjective, in all their forms: "走る", "走って", "走った", "食べます", "赤い", "赤く". */
const ENDING =
  /^(?:[っん][てでただ]|[いしき][てでただ]|[えけげせてねべめれ](?:[てたるま]|ない|られ|よう)|[きぎしちにびみり](?:[てたるま]|ながら|ない|つつ)|[てたるうくぐすつぬぶむい]|ます|ない|[かがさたばまらわ](?:ない|[れせ]|[くしすっりるい])|[こごぼも][さしすっらりるれ]|[とろ][さしすせ])/u;
const VERB = /(\p{Script=Han}+々?)(\p{Script=Hiragana}+)/gu;

/**
 * The characters of Japanese verbs and adjectives in a text, by which all of their forms meet: a dictionary cuts "走っている" behind "走", and has
 * "走る" as one word.
 */
export function* verbsIn(
  text: string,
): Generator<{ readonly root: string; readonly start: number; readonly end: number }> {
  for (const { 0: whole, 1: root, 2: kana, index } of text.matchAll(VERB)) {
    const ending = ENDING.exec(kana!)?.[0];
    if (ending !== undefined)
      yield { root: root!, start: index, end: index + whole.length - kana!.length + ending.length };
  }
}
