import type { ClosedClasses } from './closed-classes.ts';

export const ENGLISH: ClosedClasses = {
  determiners: 'a an another any each every her his its my no our some the their these this those your',
  pronouns:
    'all any anybody anyone anything both each either else enough everybody everyone everything few he her hers herself him himself i it its itself many me mine ' +
    'more most much myself neither nobody none nothing one oneself other others our ours ourselves own same several she some somebody someone something such that ' +
    'the their theirs them themselves they thou thy us various we what whatever which whichever who whoever whom whose you your yours yourself yourselves',
  prepositions:
    'about above across after against along alongside amid amidst among amongst around as at before behind below beneath beside besides between beyond by despite ' +
    'down during except for from in inside into like near next of off on onto out outside over per since than through throughout to toward towards under ' +
    'underneath until up upon versus via vs with within without',
  conjunctions:
    'although and because but if nor or so though unless whereas whether while whilst yet how however when whenever where wherever why',
  auxiliaries:
    'am are be been being can cannot could did do does doing done had has have having is may might must ought shall should was were will would',
  adverbs:
    'again almost already also always anywhere away et etc even ever everywhere here just least less maybe mostly never not nowhere often only perhaps possibly quite rather ' +
    'somewhat somewhere then there thus too very',
  both: 'being can down may might mine like must will',
  negators: 'no without',
  expressions: [
    { words: 'well', behind: 'as' },
    { words: 'lot', behind: 'a' },
    { words: 'lots', before: 'of' },
    { words: 'course', behind: 'of' },
    { words: 'least', behind: 'at' },
    { words: 'example', behind: 'for' },
  ],
};
