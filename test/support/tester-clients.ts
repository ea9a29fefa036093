import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';

/**
 * Clients that go past the code under test, signed by the tester (service.ts). Each is made once in a process, when the service
 * has said where its servers are: a client that is new reads its configuration and connects, which costs more than a request.
 */
let dynamo: DynamoDBClient | undefined;
export const testerDynamo = (): DynamoDBClient => (dynamo ??= new DynamoDBClient({}));

let s3: S3Client | undefined;
export const testerS3 = (): S3Client => (s3 ??= new S3Client({}));
