interface Page<Place> {
  readonly next?: Place | undefined;
}

/**
 * Works through a list page by page, until all is done or time is up. Whatever time there is, one page is done.
 * @param start where the list begins; its beginning where absent
 * @returns where to go on; undefined when all is done
 */
export async function eachPage<Place, P extends Page<Place>>(
  start: Place | undefined,
  read: (start: Place | undefined) => Promise<P>,
  work: (page: P) => Promise<void> | void,
  timeIsUp: () => boolean = () => false,
): Promise<Place | undefined> {
  let at = start;
  do {
    const page = await read(at);
    await work(page);
    at = page.next;
  } while (at !== undefined && !timeIsUp());
  return at;
}
