import type { Sequencer, TenantId } from '../../domain/ids.ts';
import type { DescribeMessage } from '../../domain/messages.ts';
import type { FoundObject } from '../../ports/object-times.ts';

/** What has the object under a name described. @param sequencer of the state of the image that is described */
export const describeMessage = (
  tenant: TenantId,
  name: string,
  { bytes, storedAtMs }: Pick<FoundObject, 'bytes' | 'storedAtMs'>,
  sequencer: Sequencer,
): DescribeMessage => ({ tenant, name, bytes, storedAtMs, sequencer });
