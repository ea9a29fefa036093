/**
 * Words of closed classes: they hold sentences together and tell nobody what a picture shows. Lists are in lower case with accents, with
 * spaces between. A word may be in several.
 */
export interface ClosedClasses {
  /** Articles and pronouns that a thing follows: "a", "my". */
  readonly determiners: string;
  /** Personal, demonstrative, relative, interrogative and indefinite pronouns, in all their forms. */
  readonly pronouns?: string;
  /** Also as they are written together with an article. */
  readonly prepositions?: string;
  readonly conjunctions?: string;
  /** All forms of being and having, and of what stands beside another verb. */
  readonly auxiliaries?: string;
  /** Of degree, place and time, which point at something and name nothing. */
  readonly adverbs?: string;
  /** All of these, of languages where one word is several. */
  readonly particles?: string;
  /** Of these words the ones that are also the name of a thing: "can", "sobre". */
  readonly both: string;
  /** Of these words the ones that what is not there follows: "without". */
  readonly negators: string;
  /** Words that say nothing beside certain others and are the name of something elsewhere: "as well", "a été", "es gibt". */
  readonly expressions?: readonly Expression[];
}

interface Expression {
  readonly words: string;
  /** One of these stands directly before them. */
  readonly behind?: string;
  /** Or one of these directly behind them. */
  readonly before?: string;
}
