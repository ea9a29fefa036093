import { ThrottlingException as ModelThrottled } from '@aws-sdk/client-bedrock-runtime';
import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import { ThrottlingException } from '@aws-sdk/client-eventbridge';
import { TooManyRequestsException } from '@aws-sdk/client-lambda';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { RequestThrottled } from '@aws-sdk/client-sqs';
import { STSServiceException } from '@aws-sdk/client-sts';

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
const IN_PARTS = new Set([
  'BatchWriteItem',
  'BatchGetItem',
  'SendMessageBatch',
  'DeleteObjects',
  'PutEvents',
]);
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

/**
 * What each service answers when it has no capacity, as its API reference names it: of the class that its client makes of the
 * answer, since adapters look at that.
 */
export function throttled(service: string): Error {
  const message = 'Rate exceeded';
  const with400 = { message, $metadata: { httpStatusCode: 400 } };
  const with429 = { message, $metadata: { httpStatusCode: 429 } };
  const with503 = { message, $metadata: { httpStatusCode: 503 } };
  switch (service) {
    case 'DynamoDB':
      return new ProvisionedThroughputExceededException(with400);
    case 'S3':
      return new S3ServiceException({ ...with503, name: 'SlowDown', $fault: 'server' });
    case 'SQS':
      return new RequestThrottled(with400);
    case 'STS':
      return new STSServiceException({ ...with400, name: 'ThrottlingException', $fault: 'client' });
    case 'Lambda':
      return new TooManyRequestsException(with429);
    case 'BedrockRuntime':
      return new ModelThrottled(with429);
    case 'EventBridge':
      return new ThrottlingException(with400);
    default:
      throw new Error(`nobody knows how ${service} refuses for load`);
  }
}
