import { EventBridgeServiceException, type PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { Part } from './dynamodb/server.ts';

/** Entries of a request: PutEvents, Amazon EventBridge API Reference. */
const MAX_ENTRIES = 10;

/**
 * EventBridge in memory: what it takes goes on the bus.
 * @param part how much of the request it takes; the others are named in an answer that succeeds
 */
export function putEvents(
  bus: string[],
  { Entries = [] }: PutEventsCommandInput,
  part: Part,
  newId: () => string,
) {
  if (Entries.length === 0 || Entries.length > MAX_ENTRIES)
    throw new EventBridgeServiceException({
      name: 'ValidationException',
      $fault: 'client',
      message: `a request has 1 to ${MAX_ENTRIES} entries`,
      $metadata: { httpStatusCode: 400 },
    });
  const taken = part === 'half' ? Math.floor(Entries.length / 2) : Entries.length;
  for (const { Detail = '' } of Entries.slice(0, taken)) bus.push(Detail);
  return {
    FailedEntryCount: Entries.length - taken,
    Entries: Entries.map((_entry, i) =>
      i < taken ? { EventId: newId() } : { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' },
    ),
  };
}
