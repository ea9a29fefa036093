/** Words of English that hold sentences together: they are searched like all words, but tell nobody what a picture shows. */
export const ENGLISH_FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'a about above across after against all along also among an and another any are around as at away be been before ' +
    'behind being below beside between both but by can could do does down during each either every few for from has ' +
    'have he her here hers him his how i if in inside into is it its itself just like many may me more most much my ' +
    'near next no nor not of off on one only onto or other others our out outside over own she should since so some ' +
    'such than that the their theirs them then there these they this those through to too toward towards under until ' +
    'up upon us very was we were what when where which while who whom whose why will with within without would you your'
  ).split(' '),
);
