import type { ClosedClasses } from './closed-classes.ts';

export const SWEDISH: ClosedClasses = {
  determiners:
    'en ett den det de denna detta dessa min mitt mina din ditt dina sin sitt sina vår vårt våra er ert era hans hennes deras',
  pronouns:
    'all alla allt allting annan annat andra båda de dem den denna deras dess dessa det detta dej dig din dina ditt du en er era ert ett flera han hans henne hennes hon honom ingen ingenting ' +
    'inga inget jag mej mig min mina mitt mycket många ni nån någon någonting någonstans något några nåt oss samma sej sig sin sina sitt själv själva självt somliga sådan sådana sådant vad var varandra ' +
    'varannan vardera varje vars vart vem vems vi vilken vilka vilkas vilket vår våra vårt',
  prepositions:
    'av bakom bland bortom bredvid efter emellan emot enligt framför från för förbi före genom hos i innanför inom inuti intill invid kring längs med mellan mot nedanför nära om omkring ' +
    'ovanför ovanpå på samt sedan till tills trots under ur utan utanför utom vid via åt över',
  conjunctions:
    'att då därför dock eftersom eller fastän hur hurdan innan liksom medan men när och om så samt som varför ifall huruvida varken både',
  auxiliaries:
    'blev bli blir blivit borde bör fanns finnas finns funnits ha hade haft har kan kunde kunna kunnat lär må måste ska skall skulle torde var vara varit vill ville vore är',
  adverbs:
    'aldrig alldeles alltför alltid alltså allra bara bort dessutom dit där därifrån därmed ej endast ens etc fram här hit ibland icke in inne inte inåt ju kanske knappt lite mer mera mest nere ner ned nog ' +
    'nu nästan också ofta redan sällan så såväl ständigt således tyvärr upp uppe ut ute utåt väldigt väl ännu än även överallt åtminstone mycket',
  both: 'min ur vara vår',
  negators: 'utan ingen inga inget',
};
