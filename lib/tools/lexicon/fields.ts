/**
 * WordNet's fields of what a picture can show: tops, animals, artifacts, body, food, groups, objects, people,
 * phenomena and plants, places, substances (lexnames(5WN)).
 */
export const VISIBLE = new Set([3, 5, 6, 8, 11, 13, 14, 15, 17, 18, 19, 20, 27]);
/** Of these the fields of whole things: animals, artifacts, food, plants. */
export const THINGS = new Set([5, 6, 13, 20]);
/** Fields full of species and chemicals: their words count only when WordNet itself uses them. */
export const LEARNED = new Set([5, 8, 20, 27]);
/** What whole fields are of: animals, food, plants. */
export const TOPS = 3;
export const ANIMAL = 5;
export const ARTIFACT = 6;
export const FOOD = 13;
export const GROUP = 14;
export const PERSON = 18;
export const PLANT = 20;
