import { DynamoDBServiceException, ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import { S3ServiceException } from '@aws-sdk/client-s3';

/** Every way in which one call goes wrong. */
export const FAULTS = [
  /** No attempt reaches the service. */
  'before',
  /** The first attempt takes effect, its answer is lost, and no other attempt reaches the service. */
  'answer lost',
  /** The first attempt takes effect, its answer is lost, and the SDK sends the same again. */
  'sent twice',
  /** The service refuses every attempt for want of capacity. */
  'throttled',
  /** Half of a batch is done. */
  'in part',
  /** The caller dies before the call takes effect. */
  'dies before',
  /** The caller dies after the call has taken effect. */
  'dies after',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Operations of which a half can be done, as their answers say. */
const IN_PARTS = new Set(['BatchWriteItem', 'BatchGetItem', 'SendMessageBatch', 'DeleteObjects']);
/** Operations after which the world is as it was: that the answer is lost, or that the caller dies then, is nothing new. */
const READS = /^(?:Get|Head|List|BatchGet|Query$|Scan$|TransactGet|AssumeRole$|Invoke$)/;

/** The faults that can happen to a call. @param size how many parts it has */
export function faultsOf(operation: string, size: number): readonly Fault[] {
  return FAULTS.filter((fault) => {
    if (fault === 'in part') return IN_PARTS.has(operation) && size > 0;
    const isOfAnEffect = fault === 'answer lost' || fault === 'sent twice' || fault === 'dies after';
    return !isOfAnEffect || !READS.test(operation);
  });
}

/** The connection broke: the SDK cannot know whether the service has heard. */
export const connectionLost = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

/** What each service says when it has no capacity. */
export function throttled(service: string): Error {
  const message = 'Rate exceeded';
  switch (service) {
    case 'DynamoDB':
      return new ProvisionedThroughputExceededException({ message, $metadata: { httpStatusCode: 400 } });
    case 'S3':
      return new S3ServiceException({
        name: 'SlowDown',
        $fault: 'server',
        message,
        $metadata: { httpStatusCode: 503 },
      });
    case 'Lambda':
      return serviceError('TooManyRequestsException', 429);
    default:
      return serviceError('ThrottlingException', 400);
  }
}

/** Services' own base classes differ in nothing that anybody looks at, but in the name. */
const serviceError = (name: string, httpStatusCode: number) =>
  new DynamoDBServiceException({
    name,
    $fault: 'client',
    message: 'Rate exceeded',
    $metadata: { httpStatusCode },
  });
