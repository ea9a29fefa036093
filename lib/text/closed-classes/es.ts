import type { ClosedClasses } from './closed-classes.ts';

export const SPANISH: ClosedClasses = {
  determiners:
    'un una unos unas el la los las al del mi mis tu tus su sus este esta estos estas ese esa esos esas aquel aquella aquellos aquellas nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras',
  pronouns:
    'algo alguien algún alguna algunas alguno algunos ambas ambos aquel aquella aquellas aquello aquellos aquél aquélla aquéllas aquéllos bastante bastantes cada ciertos cierto cierta ciertas conmigo consigo contigo cual cuales ' +
    'cualquier cualquiera cuanta cuantas cuanto cuantos cuya cuyas cuyo cuyos cuál cuáles cuánta cuántas cuánto cuántos demasiada demasiadas demasiado demasiados demás él ella ellas ello ellos esa esas ese eso esos ésa ésas ése ésos ' +
    'esta estas este esto estos ésta éstas éste éstos la las le les lo los me mi mía mías mío míos mis misma mismas mismo mismos mí mucha muchas mucho muchos nada nadie ' +
    'ningún ninguna ningunas ninguno ningunos nos nosotras nosotros nuestra nuestras nuestro nuestros os otra otras otro otros poca pocas poco pocos propia propias propio propios ' +
    'que quien quienes qué quién quiénes se sendos su sus suya suyas suyo suyos sí tal tales tanta tantas tanto tantos te ti toda todas todo todos tu tus tuya tuyas tuyo tuyos tú una unas ' +
    'uno unos usted ustedes varias varios vosotras vosotros vuestra vuestras vuestro vuestros yo',
  prepositions:
    'a al alrededor ante antes bajo cerca con contra de debajo del delante dentro desde detrás durante en encima enfrente entre excepto fuera hacia hasta incluso junto mediante para por salvo ' +
    'según sin sobre tras vía',
  conjunctions:
    'aun aunque como cómo cuando cuándo donde dónde e mas mientras ni o pero porque pues si sino tampoco u y ya después',
  auxiliaries:
    'debe deben debería deberían debía debían era erais eran eras eres es estaba estabais estaban estabas estamos estando estar ' +
    'estaremos estará estarán estarás estaré estaréis estaría estaríais estaríamos estarían estarías estemos estoy estuve estuviera ' +
    'estuvierais estuvieran estuvieras estuvieron estuviese estuvieseis estuviesen estuvieses estuvimos estuviste estuvisteis ' +
    'estuviéramos estuviésemos estuvo está estábamos estáis están estás esté estéis estén estés fue fuera fuerais fueran fueras fueron ' +
    'fuese fueseis fuesen fueses fui fuimos fuiste fuisteis fuéramos fuésemos ha habido habiendo habremos habrá habrán habrás habré ' +
    'habréis habría habríais habríamos habrían habrías habéis había habíais habíamos habían habías han has hay haya hayamos hayan ' +
    'hayas hayáis he hemos hube hubiera hubierais hubieran hubieras hubieron hubiese hubieseis hubiesen hubieses hubimos hubiste ' +
    'hubisteis hubiéramos hubiésemos hubo podemos podrá podrán podría podrían podía podían pudo pueda puedan puede pueden puedo sea ' +
    'seamos sean seas ser seremos será serán serás seré seréis sería seríais seríamos serían serías seáis sido siendo sois somos son ' +
    'soy tendremos tendrá tendrán tendrás tendré tendréis tendría tendríais tendríamos tendrían tendrías tened tenemos tener tenga ' +
    'tengamos tengan tengas tengo tengáis tenido teniendo tenéis tenía teníais teníamos tenían tenías tiene tienen tienes tuve tuviera ' +
    'tuvierais tuvieran tuvieras tuvieron tuviese tuvieseis tuviesen tuvieses tuvimos tuviste tuvisteis tuviéramos tuviésemos tuvo va ' +
    'vamos van voy éramos',
  adverbs:
    'además ahí ahora allá allí apenas aquí así aún bien casi entonces etc jamás luego más menos muy no nunca pronto quizá quizás siempre sólo solo también tan todavía',
  both: 'bajo cerca este nada ser sobre solo',
  negators: 'sin',
};
