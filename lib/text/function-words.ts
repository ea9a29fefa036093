import type { Language } from '../domain/language.ts';
import { normalize } from './normalize.ts';

/**
 * Words of closed classes: articles, pronouns, prepositions, conjunctions, auxiliaries, particles. They hold sentences together and
 * tell nobody what a picture shows. They are in the index like all words. What they decide is said where queries are read.
 */
interface ClosedClasses {
  /** All of them, in lower case. */
  readonly words: string;
  /** Of these the ones that a thing follows: "a", "my". */
  readonly determiners: string;
  /** Of these the ones that are also the name of a thing: "can", "été". */
  readonly both: string;
  /** Of these the ones that what is not there follows: "without". */
  readonly negators: string;
  /** Words that say nothing beside certain others and are the name of something elsewhere: "as well", "a été", "es gibt". */
  readonly expressions?: readonly Expression[];
}

/** In lower case, with spaces between. */
interface Expression {
  readonly words: string;
  /** One of these stands directly before them. */
  readonly behind?: string;
  /** Or one of these directly behind them. */
  readonly before?: string;
}

/** What Chinese things are counted in; alone many of them are things ("head", "handle"). */
const CHINESE_COUNTERS =
  '个 個 只 隻 张 張 条 條 辆 輛 匹 头 頭 位 名 块 塊 片 朵 棵 座 把 件 双 雙 对 對 杯 瓶 盘 盤 碗 群 本 架 艘 台 臺 间 間 家 栋 棟 幅 支 枝 颗 顆 粒 根 顶 頂 扇 串 束';
const BEFORE_COUNTERS = '一 几 幾 这 這 那 哪 某 每';
/** Both as one word, as dictionaries cut some of them: 一匹, 那辆. */
const CHINESE_COUNTED = BEFORE_COUNTERS.split(' ')
  .flatMap((one) => CHINESE_COUNTERS.split(' ').map((counter) => one + counter))
  .join(' ');

/** Languages whose words are known here; more than a tenant may have. */
const CLOSED_CLASSES: Readonly<Record<string, ClosedClasses>> = {
  en: {
    words:
      'a about above across after against all along also although am amid among an and another any anybody anyone anything anywhere are around as at away be because ' +
      'been before behind being below beneath beside besides between both but by can cannot could despite did do does doing done down ' +
      'during each either ever every everybody everyone everything everywhere except few for from had has have having he her here hers herself him himself his how i if in ' +
      'inside into is it its itself just like many may maybe me might mine more most mostly much must my myself near neither next no nobody none nor not nothing nowhere of ' +
      'off on one only onto or other others ought our ours ourselves out outside over own per perhaps possibly shall she should since so some somebody someone something somewhere such ' +
      'than that the their theirs them themselves then there these they this those though through throughout to too toward towards ' +
      'under underneath unless until up upon us very via was we were what when where whether which while who whom whose why will ' +
      'with within without would yet you your yours yourself',
    determiners: 'a an another any each every her his its my no our some the their these this those your',
    both: 'being can down may might mine like must will',
    negators: 'no without',
    expressions: [
      { words: 'well', behind: 'as' },
      { words: 'course', behind: 'of' },
      { words: 'least', behind: 'at' },
      { words: 'example', behind: 'for' },
    ],
  },
  de: {
    words:
      'ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus außer außerhalb ' +
      'bei beide beiden beim bevor bin bis bist da dabei damit daneben dann daran darauf darin darunter das dass davon davor dazu ' +
      'dein deine dem den denen denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine ' +
      'einem einen einer eines einige einigen er es etwas euch euer für gegen gegenüber gerade hat hatte hatten habe haben hast hier ' +
      'hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in innerhalb ins irgendjemand ist ja jede jedem jeden jeder jedes jemand jemandem jemanden jener kann ' +
      'kein keine keinem keinen keiner könnte können man mehr mehrere mehreren mein meine meinem meinen meiner mich mir mit muss ' +
      'müssen nach neben nicht nichts niemand noch nur ob oben oberhalb oder ohne samt sehr sein seine seinem seinen seiner seit sich sie ' +
      'sind so solche soll sollen sowie trotz über um und uns unser unsere unseren unserer unter unterhalb viel viele vielen vom von ' +
      'vor während wann war waren warum was weder wegen weil welche welchem welchen welcher welches wem wen wenig wenn wer werden ' +
      'wessen wie wieder will wir wird wirst wo wollen wurde wurden zu zum zur zwischen',
    determiners:
      'das dem den der des die ein eine einem einen einer eines kein keine mein meine dein deine sein seine ihr ihre',
    both: 'waren',
    negators: 'ohne kein keine keinen keinem keiner',
    expressions: [{ words: 'gibt gab', behind: 'es', before: 'es' }],
  },
  fr: {
    words:
      'a à afin ai aient ainsi ait alors après as au aucun aucune aura auront aussi autour autre autres aux avaient avait avant avec avez avons beaucoup ce ceci cela ' +
      'celle celles celui ces cet cette ceux chaque chez ci comme comment contre c d dans de dehors depuis derrière des dessous dessus ' +
      'devant donc dont du durant elle elles en encore entre es est et étaient était êtes être eux fait hors il ils j je jusque ' +
      'l la là laquelle le lequel les leur leurs lors lui m ma mais malgré me même mes moi moins mon n ne nos notre nous ni on ont ou où ' +
      'par parmi pas pendant peu peut plus plusieurs pour pourquoi près puis qu quand que quel quelle quelles quelque quelques quels qui ' +
      'quoi s sa sans se selon sera ses si sien soi son sommes sont sous suis sur t ta tandis te tes toi ton tous tout toute toutes très ' +
      'trop tu un une vers voici voilà vos votre vous y',
    determiners:
      'un une le la les l des du au aux ce cet cette ces mon ma mes ton ta tes sa ses notre nos votre vos leur leurs',
    both: 'est êtes son pas ton vers',
    negators: 'sans',
    expressions: [
      {
        words: 'été',
        behind:
          'a ai aient ait as aura auront avaient avait avez avoir avons ayant ont pas jamais déjà toujours aussi',
      },
    ],
  },
  es: {
    words:
      'a al algo alguna algunas alguno algunos allí alrededor ambos ante antes aquel aquella aquellas aquellos aquí así aún aunque bajo ' +
      'bien cada casi cerca como cómo con contra cual cuál cuales cualquier cuando cuándo cuyo de debajo del delante dentro desde después ' +
      'detrás donde dónde durante e el él ella ellas ellos en encima entre era eran eres es esa esas ese eso esos está están estar ' +
      'este esta estas esto estos estoy excepto fue fueron fuera ha hacia han habrá habría había habían hasta hay he incluso junto la las le les lo los más me mi ' +
      'mientras mis mucha muchas mucho muchos muy nada ni no nos nosotros nuestra nuestro o otra otras otro otros para pero poco por ' +
      'porque puede pueden que qué quien quién se según ser si sí sido sin sobre solo son soy su sus también tan tanto te tiene tienen ' +
      'toda todas todo todos tras tu tus tuyo u un una unas uno unos usted ustedes va varias varios vosotros y ya yo',
    determiners:
      'un una unos unas el la los las al del mi tu su este esta ese esa aquel aquella nuestro nuestra',
    both: 'sobre este bajo nada ser',
    negators: 'sin',
  },
  it: {
    words:
      'a ad agli ai al alla alle allo anche ancora avere c che chi ci come con contro cui d da dagli dai dal dalla dalle dallo degli dei del ' +
      'della delle dello dentro di dietro dopo dove durante e è ed era erano essere fra fuori gli ha hai hanno ho i il in io l la le lei ' +
      'lo loro lui ma me mentre mi mia mie miei mio ne negli nei nel nella nelle nello noi non nostra nostro o ogni oppure per perché più ' +
      'molto poi prima qual quale quali quando quella quelle quelli quello questa queste questi questo qui se senza si sia siamo sono sopra sotto ' +
      'sta stanno su sua sue sugli sui sul sulla sulle sullo suo suoi ti tra tu tua tue tuo tuoi tutta tutte tutti tutto un una uno verso vi voi',
    determiners:
      'un una uno il lo la i gli le l del dello della dei degli delle al alla mio mia tuo tua suo sua questo questa quel quella',
    both: 'verso essere',
    negators: 'senza',
  },
  pt: {
    words:
      'a à ao aos as às até atrás cada com como contra da das de debaixo dele dela deles delas dentro depois desde do dos durante e é ela ' +
      'elas ele eles em embaixo enquanto entre era eram essa essas esse esses esta está estão estas este estes eu foi for foram há isso isto ' +
      'já lhe lhes mais mas me mesmo meu meus minha minhas muito muita muitas muitos na não nas nem no nos nós nossa nosso num numa o onde os ' +
      'ou outra outras outro outros para pela pelas pelo pelos perto por porque qual quais quando que quem são se sem ser seu seus sob sobre ' +
      'sua suas também te tem têm toda todas todo todos tu tua um uma umas uns você vocês vos',
    determiners:
      'um uma uns umas o a os as do da dos das no na nos nas ao meu minha seu sua este esta esse essa',
    both: 'ser',
    negators: 'sem',
  },
  nl: {
    words:
      'aan achter af al alle alles als ben bij binnen boven buiten daar dan dat de deze die dit doch door dus echter een eens en er ge geen ' +
      'geweest had hadden heb hebben heeft heel hem het hier hij hoe hun iemand iets ik in is ja je jij jou jouw kan kunnen langs maar me meer ' +
      'men met mij mijn moet na naar naast nadat niet niets nog nu of om omdat onder ons onze ook op over per rond samen sinds te tegen ' +
      'tegenover tijdens toch toen tot tussen u uit uw van vanaf veel via voor waar wanneer waren was wat we wel welke werd werden wie wij ' +
      'wordt worden ze zeer zich zij zijn zo zoals zonder zou zullen',
    determiners: 'de het een deze die dit dat mijn jouw zijn haar ons onze hun geen',
    both: 'kan mijn',
    negators: 'zonder geen',
  },
  sv: {
    words:
      'alla allt att av bakom bland blev bli blir bredvid de dem den denna deras dess dessa det detta dig din dina ditt du där då efter fanns finnas finns ' +
      'eller en ett era ett från framför för genom ha hade han hans har henne hennes hon honom hos hur här i icke in inga ingen ingenting inget inne inte intill inuti jag ' +
      'ju kan kunde man med mellan men mig min mina mitt mot mycket ned nere ni nu när någon något några och om oss på samt sedan sig sin sina ' +
      'sitt ska skulle som så till under upp uppe ut utan utanför vad var vara varför vem vi vid vilken vilka över åt är',
    determiners: 'en ett den det de denna detta dessa min mitt din ditt sin sitt hans hennes',
    both: 'man min vara',
    negators: 'utan ingen inga inget',
  },
  ja: {
    words:
      'の に は を が と で て も へ や か な ね よ し た だ です ます ない なし れ られ せ させ ある あり いる い する さ これ それ あれ この その ' +
      'あの ここ そこ こと もの ため よう ところ から まで より など だけ ほど また そして および 及び として について において による ' +
      'によって という ながら お ご ば たり ません まし でし られる れる ください とても',
    determiners: 'この その あの',
    both: '',
    negators: '',
  },
  zh: {
    words:
      '的 了 在 是 和 与 跟 及 或 而 把 被 从 到 向 对 于 以 为 之 其 这 那 这些 那些 一些 个 只 张 着 过 地 得 也 都 就 还 ' +
      '很 有 我 你 他 她 它 我们 你们 他们 她们 吗 呢 吧 啊 什么 哪 哪里 谁 里 上 下 中 ' +
      '几 这里 这儿 那里 那儿 哪儿 某 每 多少 很多 许多 非常 ' +
      '幾 這裡 這兒 那裡 那兒 哪兒 許多 ' +
      '與 從 對 於 為 這 這些 個 隻 張 著 過 還 我們 你們 他們 她們 嗎 什麼 哪裡 誰 裡 裏 ' +
      CHINESE_COUNTED,
    determiners: '这 那 一个 一只 这个 那个 這 一個 一隻 這個 那個',
    both: '',
    negators: '没有 无 沒有 無',
    expressions: [{ words: CHINESE_COUNTERS, behind: BEFORE_COUNTERS }],
  },
  th: {
    words:
      'สี ที่ ใน ของ และ กับ เป็น อยู่ คือ มี ได้ ให้ จาก โดย บน ใต้ ข้าง ด้วย นี้ นั้น นี่ นั่น โน้น หนึ่ง มาก การ ความ ผู้ นัก ว่า แต่ หรือ ก็ จะ ไม่ ซึ่ง ถึง แล้ว ไป มา กำลัง',
    determiners: '',
    both: '',
    negators: 'ไม่มี',
    expressions: [
      { words: 'ตัว อัน คัน ใบ หลัง ลูก เล่ม ดอก ต้น ผืน คู่ ชิ้น แผ่น ลำ สาย ก้อน องค์ ฉบับ เครื่อง', before: 'หนึ่ง นี้ นั้น' },
    ],
  },
};

const EMPTY: ClosedClasses = { words: '', determiners: '', both: '', negators: '' };

/** The closed classes of a language as sets of words in lower case. */
export interface FunctionWords {
  readonly words: ReadonlySet<string>;
  readonly determiners: ReadonlySet<string>;
  readonly both: ReadonlySet<string>;
  readonly negators: ReadonlySet<string>;
  /** Whether a word says nothing beside the words before and behind it, where other words than it are looked up so. */
  readonly isInExpression: (word: string, before: string | undefined, after: string | undefined) => boolean;
  /** A word of the lists that is typed without its accents ("apres"), as they have it; undefined for all others. */
  readonly accented: (word: string) => string | undefined;
}

const known = new Map<string, FunctionWords>();

/** @param language of ISO 639-1; of one without lists all sets are empty */
export function functionWordsOf(language: string): FunctionWords {
  let found = known.get(language);
  if (!found) known.set(language, (found = readLists(language)));
  return found;
}

function readLists(language: string): FunctionWords {
  const { words, determiners, both, negators, expressions = [] } = CLOSED_CLASSES[language] ?? EMPTY;
  const said = expressions.map(({ words: own, behind = '', before = '' }) => ({
    own: setOf(own),
    behind: setOf(behind),
    before: setOf(before),
  }));
  const all = setOf(words);
  const plain = new Map(
    [...all, ...said.flatMap(({ own }) => [...own])]
      .map((word) => [normalize(word, language as Language), word] as const)
      .filter(([typed]) => /^[a-z]+$/.test(typed) && !all.has(typed)),
  );
  return {
    words: all,
    determiners: setOf(determiners),
    both: setOf(both),
    negators: setOf(negators),
    isInExpression: (word, last = '', next = '') =>
      said.some(({ own, behind, before }) => own.has(word) && (behind.has(last) || before.has(next))),
    accented: (word) => plain.get(word),
  };
}

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(' ').filter((word) => word !== ''));

/** Of a word, in the form in which the lists have it. */
export const listedForm = (word: string): string => word.toLowerCase().normalize('NFC');
