import type { ClosedClasses } from './closed-classes.ts';

export const DUTCH: ClosedClasses = {
  determiners: 'de het een deze die dit dat mijn jouw uw zijn haar ons onze hun geen',
  pronouns:
    'al alle allebei allen alles ander andere anderen beide beiden dat datgene degene degenen deze dezelfde die dit elk elkaar elke enige enkele enkelen er ge gij haar hem het hetzelfde hij hun ie ieder ' +
    'iedere iedereen iemand iets ik je jezelf jij jou jouw jullie me meer meerdere men menig menige mezelf mij mijn mijzelf niemand niets niks ons onze sommige sommigen u uw veel vele velen wat we weinig weinige weinigen welk ' +
    'welke wie wiens wij ze zelf zich zichzelf zij zijn zo zoiets zulk zulke',
  prepositions:
    'aan achter af behalve beneden bij binnen boven buiten door gedurende in jegens langs met na naar naast namens nabij omstreeks omtrent om onder ondanks ongeacht op over per rondom sinds te ten tegen tegenover ter ' +
    'tijdens tot tussen uit van vanaf vanuit vanwege via volgens voor voorbij wegens zonder',
  conjunctions:
    'aangezien als alhoewel dan doch doordat dus en hoewel indien maar mits nadat noch nu of ofwel omdat opdat sedert tenzij terwijl toen totdat voordat want wanneer zoals zodat zodra hoe waar waaraan waarbij waardoor waarin waarmee waarom waaronder waarop waarover waartussen waaruit waarvan waarvoor',
  auxiliaries:
    'ben bent deed doet geweest geworden had hadden heb hebben hebt heeft is kan konden kon kun kunnen kunt mag mocht mochten moest moesten moet moeten mogen waren was werd werden wil willen wilt word worden wordt zal zijn zou zouden zul ' +
    'zullen zult',
  adverbs:
    'allemaal altijd bijna bovendien daar daaraan daarbij daardoor daarin daarmee daarna daarnaast daarom daaronder daarop daarover daaruit daarvan daarvoor dikwijls echter eens eenmaal eigenlijk enz eraan erbij erdoor erg ergens erin ermee ' +
    'ernaast eronder erop erover ertussen eruit ervan ervoor evenals eveneens geen heel hier hieraan hierbij hierin hiermee hierna hierop hieronder hiervan immers ja juist misschien namelijk nergens niet nog nogal nooit ook ooit overal reeds slechts soms ' +
    'steeds tamelijk toch toe vaak vooral waarschijnlijk wel zeer zelfs',
  both: 'bij haar kan mijn',
  negators: 'zonder geen',
};
