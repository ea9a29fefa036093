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
  it:
    'a ad affinché agli ai al alcun alcuna alcuni all alla alle allo allora altra altre altri altro anche ancora ' +
    'appena attorno avanti avere ben c che chi ci ciascun ciascuna ciò coi col come con contro cui d da dagli dai dal ' +
    'dall dalla dalle dallo davanti degli dei del dell della delle dello dentro di dietro dopo dove due durante e è ' +
    'ecco ed egli ella entrambi era erano essa esse essere essi esso fa fino fra fu fuori gli ha hanno i il in ' +
    'insieme intorno io l la là le lei li lì lo loro lui lungo ma me mentre mi mia mie miei mio molta molte molti ' +
    'molto n ne né negli nei nel nell nella nelle nello nessun nessuna noi non nostra nostre nostri nostro o od ogni ' +
    'oltre per perché però più poco poi può qua qual quale quali qualche quando quanto quasi quegli quei quel quell ' +
    'quella quelle quelli quello questa queste questi questo qui s sarà se senza si sia siamo sono sopra sotto sta ' +
    'stanno stata stato su sua subito sue sugli sui sul sull sulla sulle sullo suo suoi tanto te ti tra tre troppo tu ' +
    'tua tue tuo tuoi tutta tutte tutti tutto un una uno v verso vi via vicino voi vostra vostro',
  pt:
    'a à ainda algo alguém algum alguma algumas alguns ali ambos ante antes ao aos apenas após aquela aquelas aquele ' +
    'aqueles aqui aquilo as às assim até atrás bem cada cerca cima com como contra cuja cujo da daquela daquele das ' +
    'de debaixo dela delas dele deles dentro depois desde dessa desse desta deste detrás diante do dois dos duas ' +
    'durante e é ela elas ele eles em embaixo embora enquanto entre era eram essa essas esse esses esta está estão ' +
    'estas estar estava este estes eu foi fora foram frente há isso isto já junto lá lado lhe lhes mais mas me meio ' +
    'menos mesma mesmo meu meus minha minhas muita muitas muito muitos na nada não nas nela nele nem nenhum nenhuma ' +
    'nessa nesse nesta neste no nos nós nossa nosso num numa o onde os ou outra outras outro outros para pela pelas ' +
    'pelo pelos per perante perto pode podem por porém porque pouco qual quais qualquer quando quanto quase que quem ' +
    'são se sem sendo ser será seu seus si sido sob sobre sua suas também tanto te tem têm ter toda todas todo todos ' +
    'tu tua tudo um uma umas uns você vocês',
  nl:
    'aan achter al alle alleen als altijd ander andere anders beide bent bij binnen boven bovenop buiten d daar ' +
    'daarin daarnaast daarom daarop dan dat de deze die dit doen door dus e een eén één elk elke en enkele er erg etc ' +
    'even ge geen geweest haar had hadden heb hebben heeft hem hen het hier hij hoe hun ieder iedere iemand iets ik ' +
    'in is ja je jij jou jouw jullie kan kon kunnen langs maar mag me meer mee meerdere men met mij mijn moet moeten ' +
    'n na naar naast nabij net niet niets nog nu of om omdat omheen onder ons onze ook op over overal per reeds rond ' +
    'rondom s samen sinds sommige t te tegen tegenover terwijl tijdens toch toen tot tussen twee u uit uw van vanaf ' +
    'vanuit vaak veel verder via vlak voor vooraan voorbij waar waarbij waarin waarop wanneer waren was wat we weer ' +
    'weinig wel welke werd werden wie wij worden wordt z ze zeer zelf zich zij zijn zo zoals zonder zou zullen',
  sv:
    'all alla allt andra annan annat att av bakom bara blev bli blir bland borta bredvid bort både båda de del dem ' +
    'den denna deras dess dessa det detta dig din dina ditt du där därför då efter eller en ens ett fram framför från ' +
    'få för före genom går ha hade han hans har hela hellre henne hennes hos hon honom hur här i ibland icke igenom ' +
    'in inget ingen inga innan inne inom inte inuti invid jag ju kan kring kunde man med mellan men mer mest mig min ' +
    'mina mitt mot mycket mången många måste ned nej ner nere ni nog nu nära någon något några när nästan och ofta ' +
    'olika om omkring oss på redan runt samma samt se sedan sen ser sig sin sina sitt ska skall skulle som somliga så ' +
    'sådan sådana sådant tills till tillsammans två under upp uppe ur ut ute utan utanför utom var vara varandra ' +
    'varför varit varje vars vart vem vi vid vilka vilken vilket vår våra vårt väl än ännu är åt över ovanför ovanpå',
  zh:
    '的 了 着 过 地 得 在 是 和 与 及 或 或者 以及 并 并且 而 而且 但 但是 不 没 没有 也 都 就 还 又 再 很 太 更 最 这 那 这个 那个 这些 那些 这里 那里 其 其中 它 它们 他 他们 她 ' +
    '她们 我 我们 你 你们 您 自己 有 被 把 给 对 对于 向 往 从 到 于 以 由 为 为了 因为 所以 如 如果 像 之 之间 吗 呢 吧 啊 一个 一 个 些 一些 某 各 每 每个 什么 谁 哪 哪里 怎么 可以 ' +
    '能 会 要 正 正在 上 下 里 中 内 外 旁 旁边 之上 之下 前 后 等',
  th:
    'ที่ ใน และ ของ มี เป็น อยู่ บน กับ ให้ ได้ จาก โดย ไป มา ก็ ไม่ ว่า นี้ นั้น แล้ว จะ ถูก หรือ แต่ เพื่อ ซึ่ง อัน ' +
    'กำลัง ด้วย ต่อ ตาม ถึง เมื่อ ขณะ ขณะที่ เพราะ ทั้ง ทุก แต่ละ บาง หลาย อีก เขา เธอ มัน พวกเขา เรา ฉัน ผม คุณ ท่าน ' +
    'ใคร อะไร ไหน ใต้ เหนือ ข้าง ข้างๆ หน้า หลัง ระหว่าง รอบ รอบๆ ใกล้ ไว้ ขึ้น ลง เข้า ออก คือ แก่ แด่ เอง กัน จึง ' +
    'ความ การ ๆ ตรง ยัง คง ควร ต้อง สามารถ เช่น นอก ภายใน ภายนอก บริเวณ',
};

const sets = new Map<Language, ReadonlySet<string>>();

export function functionWordsOf(language: Language): ReadonlySet<string> {
  const known = sets.get(language) ?? new Set(FUNCTION_WORDS[language].split(' '));
  sets.set(language, known);
  return known;
}
