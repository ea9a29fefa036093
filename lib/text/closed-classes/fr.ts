import type { ClosedClasses } from './closed-classes.ts';

export const FRENCH: ClosedClasses = {
  determiners:
    'un une le la les l des du au aux ce cet cette ces mon ma mes ton ta tes sa ses notre nos votre vos leur leurs',
  pronouns:
    'aucun aucune aucunes aucuns autre autres autrui auquel auxquelles auxquels beaucoup c ceci cela celle celles celui certain certaine certaines certains ceux chacun chacune chaque combien ' +
    'desquelles desquels dont duquel elle elles en eux il ils j je laquelle lequel lesquelles lesquels lui m me mien mienne miennes miens moi même mêmes n ni nous nul nulle nuls nulles nôtre nôtres ' +
    'on plupart plusieurs qu que quel quelle quelles quelqu quelque quelques quels qui quiconque quoi s se sien sienne siennes siens soi son t te tel telle telles tels tien tienne ' +
    'tiennes tiens toi tous tout toute toutes tu vous vôtre vôtres y ça',
  prepositions:
    'à afin après autour avant avec chez contre d dans de depuis derrière dès devant durant entre envers hormis hors jusqu jusque lors malgré par parmi pendant pour près ' +
    'sans sauf selon sous sur vers via voici voilà',
  conjunctions:
    'ainsi alors comme comment donc et lorsqu lorsque mais ni ou où parce puisqu puisque quand quoique si sinon tandis pourquoi',
  auxiliaries:
    'a ai aie aient aies ait as aura aurai auraient aurais aurait auras aurez auriez aurions aurons auront avaient avais avait avez ' +
    'aviez avoir avons ayant ayez ayons devaient devait devra devraient devrait doit doivent es est eu eue eues eurent eus eusse ' +
    'eussent eusses eussiez eussions eut eûmes eût eûtes fait fallait faudra faut furent fus fusse fussent fusses fussiez fussions fut ' +
    'fûmes fûtes ont peut peuvent peux pourra pourraient pourrait pourront pouvaient pouvait pu sera serai seraient serais serait ' +
    'seras serez seriez serions serons seront soient sois soit sommes sont soyez soyons suis va vais vont étaient étais était étant ' +
    'étiez étions êtes être',
  adverbs:
    'assez aussi autant autrement bientôt cependant ci dedans dehors déjà dessous dessus encore enfin ensuite environ et etc guère ici jamais là longtemps moins ' +
    'maintenant néanmoins ne notamment parfois partout pas peu plus plutôt pourtant presqu presque puis quasi souvent surtout tant tellement toujours très trop non oui',
  both: 'avoir est êtes pas son ton vers',
  negators: 'sans',
  expressions: [
    {
      words: 'été',
      behind:
        'a ai aient ait as aura auront avaient avait avez avoir avons ayant ont pas jamais déjà toujours aussi',
    },
  ],
};
