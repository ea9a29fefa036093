import { dynamoStoredSegments } from '../../lib/adapters/dynamo-stored-segments.ts';
import { dynamoDb } from '../shared/clients.ts';
import { readEnvironment, text, type Environment } from '../shared/environment.ts';

/** What functions/segments.ts needs, from its environment. @throws Error that names missing variables. */
export function segmentsDeps(environment: Environment) {
  const { INDEX_TABLE } = readEnvironment({ INDEX_TABLE: text }, environment);
  return { stored: dynamoStoredSegments(dynamoDb(), INDEX_TABLE) };
}
