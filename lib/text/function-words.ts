import type { Language } from '../domain/language.ts';

/** Words that hold sentences together: they are searched like all words, but tell nobody what a picture shows. */
const FUNCTION_WORDS: Readonly<Record<Language, string>> = {
  en:
    'a about above across after against all along also among an and another any are around as at away be been before ' +
    'behind being below beside between both but by can could do does down during each either every few for from has ' +
    'have he her here hers him his how i if in inside into is it its itself just like many may me more most much my ' +
    'near next no nor not of off on one only onto or other others our out outside over own she should since so some ' +
    'such than that the their theirs them then there these they this those through to too toward towards under until ' +
    'up upon us very was we were what when where which while who whom whose why will with within without would you your',
  de:
    'ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus außerhalb ' +
    'bei beide beiden beim bevor bis da dabei damit daneben dann daran darauf darin darunter das dass davon davor dazu ' +
    'dein deine dem den denen denn der deren des dessen die dies diese diesem diesen dieser dieses dort durch ein eine ' +
    'einem einen einer eines einige einigen er es etwas für gegen gegenüber gerade hat haben hier hin hinter ich ihm ihn ' +
    'ihnen ihr ihre ihrem ihren ihrer im in innerhalb ins ist ja jede jedem jeden jeder jedes kann kein keine keinem ' +
    'keinen können man mehr mehrere mehreren mein meine mit nach neben nicht nichts noch nur ob oben oberhalb oder ohne ' +
    'sehr sein seine seinem seinen seiner sich sie sind so solche sowie über um und uns unser unter unterhalb viel viele ' +
    'vielen vom von vor während war waren was weil welche welcher wenig wenn wer werden wie wieder wir wird wo wurde ' +
    'wurden zu zum zur zwischen',
  fr:
    'à afin ainsi alors après au aucun aucune aussi autour autre autres aux avant avec beaucoup ce ceci cela celle celles ' +
    'celui ces cet cette ceux chaque chez ci comme contre c d dans de dehors depuis derrière des dessous dessus deux ' +
    'devant donc dont du durant elle elles en encore entre est et été étaient était être eux fait hors il ils j je jusque ' +
    'l la là le les leur leurs lors lui m ma mais me même mes moi moins mon n ne nos notre nous ni on ont ou où par parmi ' +
    'pas pendant peu peut plus plusieurs pour près puis qu quand que quel quelle quelles quelque quelques quels qui quoi s ' +
    'sa sans se selon sera ses si sien soi son sont sous sur t ta tandis te tes toi ton tous tout toute toutes très trop tu ' +
    'un une vers voici voilà vos votre vous y',
  es:
    'a al algo alguna algunas alguno algunos allí alrededor ambos ante antes aquel aquella aquí así aún aunque bajo bien ' +
    'cada casi cerca como con contra cual cuales cualquier cuando cuyo de debajo del delante dentro desde después detrás ' +
    'donde dos durante e el él ella ellas ellos en encima entre era eran es esa esas ese eso esos está están estar este ' +
    'esta estas esto estos fue fueron fuera ha hacia han hasta hay incluso junto la las le les lo los más me mi mientras ' +
    'mis mucha muchas mucho muchos muy nada ni no nos nosotros nuestra nuestro o otra otras otro otros para pero poco por ' +
    'porque puede pueden que qué quien se según ser si sí sido sin sobre solo son su sus también tan tanto te tiene tienen ' +
    'toda todas todo todos tras tu tus u un una unas uno unos varias varios y ya yo',
  ja:
    'の に は を が と で て も へ や か な ね よ し た だ です ます ない れ られ せ させ ある あり いる い する さ これ それ あれ この その ' +
    'あの ここ そこ こと もの ため よう ところ から まで より など だけ ほど また そして および 及び として について において による ' +
    'によって という ながら',
};

const sets = new Map<Language, ReadonlySet<string>>();

export function functionWordsOf(language: Language): ReadonlySet<string> {
  const known = sets.get(language) ?? new Set(FUNCTION_WORDS[language].split(' '));
  sets.set(language, known);
  return known;
}
