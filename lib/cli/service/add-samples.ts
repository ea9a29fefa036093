import { join } from 'node:path';
import { imageIdOf, type TenantId } from '../../domain/ids.ts';
import { addFiles } from './add-files.ts';
import { StatusAnswer } from '../../api/images/image.ts';
import type { ConnectionOptions } from './connect.ts';
import { findFiles } from './find-files.ts';
import { CommandError } from '../terminal/command-error.ts';
import { ask, openSession } from './session.ts';

const SAMPLES = join(import.meta.dirname, '../../../infra/local/samples');

/**
 * Adds the sample photos that are not searchable yet, and waits for them.
 * @throws CommandError that names those that failed.
 */
export async function addSamples(options: ConnectionOptions, tenant: TenantId): Promise<void> {
  const { files } = await findFiles([SAMPLES], { withFolder: false });
  const session = await openSession(options);
  const ids = files.map(({ name }) => imageIdOf(tenant, name));
  const { images: states } = await ask(session, '/v1/images/status', StatusAnswer, { ids });
  const missing = files.filter((_, i) => states[i]?.status !== 'searchable');
  if (missing.length === 0) return;
  const { images } = await addFiles(
    session,
    { files: missing, passedOver: [] },
    { onExisting: 'replace', wait: true },
  );
  const failed = images.filter(({ status }) => status !== 'searchable');
  if (failed.length > 0) {
    const names = failed.map(({ name, failure }) => `${name} (${failure?.reason ?? 'still under way'})`);
    throw new CommandError('samples', `sample photos are missing: ${names.join(', ')}`);
  }
}
