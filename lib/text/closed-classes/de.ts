import type { ClosedClasses } from './closed-classes.ts';

export const GERMAN: ClosedClasses = {
  determiners:
    'das dem den der des die ein eine einem einen einer eines kein keine mein meine dein deine sein seine ihr ihre unser unsere',
  pronouns:
    'alle allem allen aller alles ander andere anderem anderen anderer anderes beide beidem beiden beider beides dasjenige dasselbe dein deine deinem deinen deiner deines ' +
    'demjenigen demselben denen denjenigen denselben deren derer derjenige derjenigen derselbe derselben desjenigen desselben dessen dich diejenige diejenigen dies diese ' +
    'dieselbe dieselben diesem diesen dieser dieses dir du einander einige einigem einigen einiger einiges er es etliche etlichen etlicher etwas euch euer eure eurem ' +
    'euren eurer eures ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres irgendein irgendeine irgendeinem irgendeinen irgendeiner irgendetwas irgendjemand irgendwas ' +
    'irgendwelche jede jedem jeden jeder jedermann jedes jemand jemandem jemanden jene jenem jenen jener jenes kein keine keinem keinen keiner keines man manche manchem ' +
    'manchen mancher manches mehr mehrere mehrerem mehreren mehrerer mein meine meinem meinen meiner meines mich mir nichts niemand niemandem niemanden sämtliche ' +
    'sämtlichem sämtlichen sämtlicher sämtliches sein seine seinem seinen seiner seines selber selbst sich sie solch solche solchem solchen solcher solches uns unser ' +
    'unsere unserem unseren unserer unseres viel viele vielem vielen vieler vieles was welch welche welchem welchen welcher welches wem wen wenig wenige wenigem wenigen weniger weniges ' +
    'wer wessen wir',
  prepositions:
    'ab am an anstatt auf aufs aus ausser außer außerhalb bei beim bis durch durchs entlang für fürs gegen gegenüber gemäß hinter hinterm hinters im in inmitten ' +
    'innerhalb ins mit mitsamt mittels nach neben oberhalb ohne pro samt seit trotz über überm übers um ums ungeachtet unter unterhalb unterm via vom von vor vorm während wegen ' +
    'zu zum zur zwischen',
  conjunctions:
    'aber als bevor da damit dass daß denn falls indem nachdem ob obwohl oder seitdem sobald sodass solange sondern sowie sowohl und weder weil wenn weshalb wie wieso ' +
    'wo wobei wodurch wofür wogegen woher wohin womit woran worauf woraus worin worüber worunter wovon wovor wozu warum wann',
  auxiliaries:
    'bin bist darf darfst dürfen durfte durften dürfte dürften gehabt gewesen geworden hab habe haben habt hast hat hatte hatten hätte hätten ist kann kannst können konnte ' +
    'konnten könnte könnten mag mochte möchte möchten mögen muss musst müssen musste mussten müsste müssten muß sei seid seien sind soll sollen sollst sollte sollten war waren warst wäre wären ' +
    'werde werden werdet will willst wird wirst wollen wollt wollte wollten worden wurde wurden würde würden',
  adverbs:
    'allerdings also auch bereits beinahe besonders bzw dabei dadurch dafür dagegen daher dahin dahinter damit danach daneben dann daran darauf daraus darin darüber darum darunter davon ' +
    'davor dazu dazwischen dennoch deshalb deswegen doch dort dorthin ebenfalls ebenso einmal etwa eventuell genug gerade gern her hier hierbei hierher hin immer indes insgesamt ' +
    'ja jedoch jetzt kaum leider manchmal mehr meist meistens möglicherweise nahezu nämlich nicht nie niemals nirgends noch nun nur oben oft schon sehr so sogar sonst soweit stets überall ' +
    'übrigens ungefähr vermutlich vielleicht wahrscheinlich wieder wohl ziemlich zudem zwar usw',
  both: 'samt waren würde',
  negators: 'ohne kein keine keinen keinem keiner keines',
  expressions: [{ words: 'gibt gab', behind: 'es', before: 'es' }],
};
