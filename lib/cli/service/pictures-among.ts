import { StatusAnswer } from '../../api/images/image.ts';
import { imageName } from '../../api/fields.ts';
import { partsOf } from '../../domain/parts-of.ts';
import { ask, type ApiSession } from './session.ts';

/** As many names as one request takes. */
const NAMES_AT_ONCE = 500;

/** Of some names those that pictures have. Names that no image can have are left out. */
export async function picturesAmong(session: ApiSession, names: readonly string[]): Promise<string[]> {
  const possible = names.filter((name) => imageName.safeParse(name).success);
  const found: string[] = [];
  for (const some of partsOf(possible, NAMES_AT_ONCE)) {
    const { images } = await ask(session, '/v1/images/status', StatusAnswer, { names: some });
    for (const image of images) if ('widthPx' in image) found.push(image.name);
  }
  return found;
}
