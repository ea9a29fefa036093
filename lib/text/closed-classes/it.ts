import type { ClosedClasses } from './closed-classes.ts';

export const ITALIAN: ClosedClasses = {
  determiners:
    'un una uno il lo la i gli le l del dello della dei degli delle dell al allo alla ai agli alle mio mia tuo tua suo sua nostro nostra vostro vostra questo questa quel quello quella',
  pronouns:
    'alcun alcuna alcune alcuni alcuno altra altre altri altro altrui altrettanto c certa certe certi certo che chi chiunque ci ciascun ciascuna ciascuno ciò coloro colui colei cui entrambe entrambi essa esse essi esso gli gliela ' +
    'gliele glieli glielo gliene i il io la le lei li lo loro lui me medesima medesimo mi mia mie miei mio molta molte molti molto ne nessun nessuna nessuno niente noi nostra nostre nostri nostro nulla ogni ognuna ' +
    'ognuno parecchi parecchie parecchia parecchio poca poche pochi poco proprio propria propri proprie qual qualche qualcosa qualcuna qualcuno quale quali qualsiasi qualunque quanta quante quanti quanto quegli quei quel quell quella ' +
    'quelle quelli quello quest questa queste questi questo se sé si stessa stesse stessi stesso sua sue suo suoi tal tale tali tanta tante tanti tanto te ti troppa troppe troppi troppo tu tua tue tuo tuoi tutta ' +
    'tutte tutti tutto un una uno varia varie vari vario vi voi vostra vostre vostri vostro',
  prepositions:
    'a ad accanto agli ai al all alla alle allo attorno attraverso circa coi col con contro d da dagli dai dal dall dalla dalle dallo davanti degli dei del dell della delle dello dentro di dietro dopo durante eccetto fino fra ' +
    'fuori in intorno lungo mediante negli nei nel nell nella nelle nello oltre per presso prima senza sopra sotto su sugli sui sul sull sulla sulle sullo tra tranne verso vicino',
  conjunctions:
    'anche anzi bensì come cosicché dove dunque e ed eppure finché ma mentre né nemmeno neppure o od oppure ossia ovvero perciò perché però poiché pur purché quando quindi se sebbene sia siccome tuttavia',
  auxiliaries:
    'abbia abbiamo abbiano abbiate avemmo avendo avere avesse avessero avessi avessimo aveste avesti avete aveva avevamo avevano ' +
    'avevate avevi avevo avrai avranno avrebbe avrebbero avrei avremmo avremo avreste avresti avrete avrà avrò avuta avute avuti avuto ' +
    'deve devono doveva dovevano dovrebbe dovrebbero dovrà ebbe ebbero ebbi era erano eravamo eravate eri ero essendo essere fosse ' +
    'fossero fossimo foste fosti fu fui fummo furono ha hai hanno ho possono poteva potevano potranno potrebbe potrebbero potrà ' +
    'può sarai saranno sarebbe sarebbero sarei saremmo saremo sareste saresti sarete sarà sarò sei siamo siano siate siete sono sta ' +
    'stai stando stanno starai staranno starebbe starebbero starei staremmo staremo stareste staresti starete starà starò stava ' +
    'stavamo stavano stavate stavi stavo stemmo stessero stessimo steste stesti stette stettero stetti stia stiamo stiano stiate sto è',
  adverbs:
    'abbastanza adesso allora ancora appena assai così ecc ecco forse già inoltre invece là lì mai meno non ormai più piuttosto poi pure qua quasi qui sempre solo soltanto spesso talvolta',
  both: 'circa essere sei solo verso',
  negators: 'senza',
};
