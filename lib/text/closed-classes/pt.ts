import type { ClosedClasses } from './closed-classes.ts';

export const PORTUGUESE: ClosedClasses = {
  determiners:
    'um uma umas uns o a os as do da dos das no na nos nas ao aos à às meu minha meus minhas teu tua teus tuas seu sua seus suas nosso nossa nossos nossas este esta estes estas esse essa esses essas aquele aquela aqueles aquelas',
  pronouns:
    'algo alguém algum alguma algumas alguns ambas ambos aquela aquelas aquele aqueles aquilo bastante bastantes cada certa certas certo certos comigo consigo contigo cuja cujas cujo cujos dela delas dele deles ela elas ele eles ' +
    'eu isso isto lhe lhes me mesma mesmas mesmo mesmos mim muita muitas muito muitos nada nenhum nenhuma nenhumas nenhuns ninguém nós nos outra outras outrem outro outros pouca poucas pouco poucos própria ' +
    'próprias próprio próprios quais quaisquer qual qualquer quanta quantas quanto quantos que quem quê se si tais tal tanta tantas tanto tantos te ti toda todas todo todos tu tudo vária várias vário vários você vocês vos vossa ' +
    'vossas vosso vossos vós',
  prepositions:
    'a à após ante antes até ao aos às atrás através com conforme contra da daquela daquelas daquele daqueles daquilo das de debaixo dentro depois desde dessa dessas desse desses desta destas deste destes disso disto ' +
    'do dos duma dumas dum duns durante em embaixo enquanto entre excepto exceto fora junto mediante na naquela naquelas naquele naqueles naquilo nas nessa nessas nesse nesses nesta nestas neste nestes nisso nisto no nos num numa ' +
    'numas nuns para pela pelas pelo pelos perante perto por sem sob sobre',
  conjunctions:
    'como contudo e embora então enfim enquanto entretanto mas nem onde aonde ou pois porém porque porquê portanto quando se senão todavia',
  auxiliaries:
    'deve devem deveria deveriam devia deviam era eram estamos estando estar estará estava estavam esteja estejam estejamos esteve ' +
    'estive estivemos estiver estivera estiveram estiverem estivermos estivesse estivessem estivéramos estivéssemos estou está ' +
    'estávamos estão foi fomos for foram forem formos fosse fossem fui fôramos fôssemos haja hajam hajamos havemos haver havia haviam ' +
    'hei houve houvemos houver houvera houveram houverei houverem houveremos houveria houveriam houvermos houverá houverão houveríamos ' +
    'houvesse houvessem houvéramos houvéssemos há hão pode podem podemos poderia poderiam poderá podia podiam possa possam pôde seja ' +
    'sejam sejamos sendo ser serei seremos seria seriam será serão seríamos sido somos sou são tem temos tendo tenha tenham tenhamos ' +
    'tenho ter terei teremos teria teriam terá terão teríamos teve tido tinha tinham tive tivemos tiver tivera tiveram tiverem ' +
    'tivermos tivesse tivessem tivéramos tivéssemos tém têm tínhamos vai vamos vou vão é éramos',
  adverbs:
    'agora aí ainda além ali apenas aqui assim bem cá demais etc já jamais lá mais menos não nunca quase sempre só somente talvez também tampouco tão',
  both: 'nada pelo ser',
  negators: 'sem',
};
