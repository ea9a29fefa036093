/** More pictures or documents than this in one request are a load. */
const FEW = 10;

/** Whether a request is for more than somebody sends who waits for it to be found. Loads wait apart from what is not. */
export const isLoad = (count: number): boolean => count > FEW;
