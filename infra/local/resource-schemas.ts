/**
 * Properties of the resources that the embedded stack stands up, as CloudFormation has them. The schemas are strict:
 * a property that is neither read nor listed as left out stops the start, so that nothing deploys that was never run.
 */
import * as z from 'zod';

/** Known, and without a meaning on one machine. */
const leftOut = z.unknown().optional();
const seconds = z.coerce.number().int().nonnegative();

export const TableProperties = z.strictObject({
  TableName: z.string().optional(),
  KeySchema: z
    .array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
    .min(1),
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  // The embedded DynamoDB keeps expired items. The service must bear that anyway: AWS takes days to delete them.
  TimeToLiveSpecification: leftOut,
  BillingMode: leftOut,
  DeletionProtectionEnabled: leftOut,
  PointInTimeRecoverySpecification: leftOut,
  SSESpecification: leftOut,
  Tags: leftOut,
});

/** With SQS's defaults, so that a data folder made by an older template gets them back. */
export const QueueProperties = z.strictObject({
  QueueName: z.string().optional(),
  VisibilityTimeout: seconds.default(30),
  DelaySeconds: seconds.default(0),
  MessageRetentionPeriod: seconds.default(345_600),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int().positive() })
    .optional(),
  SqsManagedSseEnabled: leftOut,
  Tags: leftOut,
});

const NotificationFilter = z.strictObject({
  S3Key: z.strictObject({
    Rules: z.array(
      z.strictObject({
        Name: z
          .string()
          .toLowerCase()
          .pipe(z.enum(['prefix', 'suffix'])),
        Value: z.string(),
      }),
    ),
  }),
});

export const BucketProperties = z.strictObject({
  BucketName: z.string().optional(),
  NotificationConfiguration: z
    .strictObject({
      QueueConfigurations: z
        .array(
          z.strictObject({ Event: z.string(), Queue: z.string(), Filter: NotificationFilter.optional() }),
        )
        .default([]),
    })
    .optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled']) }).optional(),
  BucketEncryption: leftOut,
  // The embedded S3 lets every origin in: what opens it is the presigned URL.
  CorsConfiguration: leftOut,
  // Old versions stay: nothing of the service counts on their end.
  LifecycleConfiguration: leftOut,
  OwnershipControls: leftOut,
  PublicAccessBlockConfiguration: leftOut,
  Tags: leftOut,
});

export const FunctionProperties = z.strictObject({
  FunctionName: z.string().optional(),
  /** `file.export`. */
  Handler: z.templateLiteral([z.string(), '.', z.string()]),
  Runtime: z.templateLiteral(['nodejs', z.string()]),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
  Timeout: seconds.default(3),
  MemorySize: z.coerce.number().int().positive().default(128),
  Architectures: leftOut,
  Code: leftOut,
  Description: leftOut,
  LoggingConfig: leftOut,
  RecursiveLoop: leftOut,
  ReservedConcurrentExecutions: leftOut,
  Role: leftOut,
  Tags: leftOut,
  TracingConfig: leftOut,
});

export const EventSourceMappingProperties = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.coerce.number().int().positive().default(10),
  MaximumBatchingWindowInSeconds: seconds.default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.coerce.number().int().min(2) }).optional(),
  Enabled: z.literal(true).optional(),
  Tags: leftOut,
});

export const HttpApiProperties = z.strictObject({
  ProtocolType: z.literal('HTTP'),
  Name: leftOut,
  Description: leftOut,
  Tags: leftOut,
});

export const IntegrationProperties = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});

const MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export const ScheduleProperties = z.strictObject({
  /** Such as `rate(6 hours)`; times of the calendar are refused. */
  ScheduleExpression: z
    .string()
    .regex(/^rate\(\d+ (minute|hour|day)s?\)$/, 'is no rate')
    .transform((rate) => {
      const [, amount, unit] = /(\d+) (minute|hour|day)/.exec(rate)!;
      return Number(amount) * MS[unit as keyof typeof MS];
    }),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal('OFF') }),
  Target: z.strictObject({
    /** Of a queue. */
    Arn: z.string(),
    /** What sends it is the stack itself. */
    RoleArn: leftOut,
    Input: z.string(),
  }),
});

/** One catch-all is all that the service uses; any other route is refused and named. */
export const RouteProperties = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.literal('$default'),
  Target: z.templateLiteral(['integrations/', z.string()]),
  AuthorizationType: z.literal('NONE').optional(),
});

/** Resources with nothing to stand up: who may do what, and who watches. */
export const LEFT_OUT_TYPES: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Stage',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);
