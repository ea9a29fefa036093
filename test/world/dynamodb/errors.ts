import {
  DynamoDBServiceException,
  IdempotentParameterMismatchException,
  ResourceNotFoundException,
  TransactionCanceledException,
  ConditionalCheckFailedException,
  type CancellationReason,
} from '@aws-sdk/client-dynamodb';

const $metadata = { httpStatusCode: 400 };

/** Errors of DynamoDB as the SDK throws them. */
export const validationError = (message: string) =>
  new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', message, $metadata });

export const noSuchTable = (name: string) =>
  new ResourceNotFoundException({
    message: `Requested resource not found: Table: ${name} not found`,
    $metadata,
  });

export const conditionFailed = (
  item?: ConstructorParameters<typeof ConditionalCheckFailedException>[0]['Item'],
) =>
  new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata,
    ...(item && { Item: item }),
  });

export const cancelled = (reasons: CancellationReason[]) =>
  new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    $metadata,
    CancellationReasons: reasons,
  });

export const tokenMismatch = () =>
  new IdempotentParameterMismatchException({
    message: 'The request uses the same client token as a previous, but non-identical request.',
    $metadata,
  });
