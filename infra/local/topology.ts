import * as z from 'zod';
import { physicalNames, type Site } from './physical-names.ts';
import {
  BucketProperties,
  EventSourceMappingProperties,
  FunctionProperties,
  HttpApiProperties,
  IntegrationProperties,
  LEFT_OUT_TYPES,
  QueueProperties,
  RouteProperties,
  ScheduleProperties,
  TableProperties,
} from './resource-schemas.ts';
import { resolveProperties, type Resource, type Template } from './template.ts';

export interface Table {
  readonly name: string;
  readonly keySchema: z.infer<typeof TableProperties>['KeySchema'];
  readonly attributes: z.infer<typeof TableProperties>['AttributeDefinitions'];
}

export interface Queue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  /** By SQS's own names, such as VisibilityTimeout. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Notification {
  /** Such as `s3:ObjectCreated:*`. */
  readonly event: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly queueUrl: string;
}

export interface Bucket {
  readonly name: string;
  readonly versioned: boolean;
  readonly notifications: readonly Notification[];
}

export interface LocalFunction {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Source file, such as `functions/index.ts`, from the project's folder on. */
  readonly entry: string;
  /** What the file exports. */
  readonly exportName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

export interface Mapping {
  readonly queueUrl: string;
  readonly queueArn: string;
  /** Logical id. */
  readonly functionId: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly reportsFailures: boolean;
  readonly maxConcurrency: number;
}

/** A message that comes into a queue again and again. */
export interface Schedule {
  /** Logical id. */
  readonly name: string;
  readonly everyMs: number;
  readonly queueUrl: string;
  readonly message: string;
}

/** All that has to be stood up. */
export interface Topology {
  readonly tables: readonly Table[];
  readonly queues: readonly Queue[];
  readonly buckets: readonly Bucket[];
  readonly functions: readonly LocalFunction[];
  readonly mappings: readonly Mapping[];
  readonly schedules: readonly Schedule[];
  /** Logical id of the function that answers every HTTP request; undefined without an API. */
  readonly httpFunctionId: string | undefined;
}

/**
 * Reads off the template what must be stood up.
 * @throws Error that names each resource or property that deploys and that the embedded stack does not know.
 */
export function readTopology(template: Template, site: Site): Topology {
  const references = physicalNames(template, site);
  const seenTypes = new Set(LEFT_OUT_TYPES);

  function each<Properties, T>(
    type: string,
    schema: z.ZodType<Properties>,
    read: (properties: Properties, resource: Resource) => T,
  ): T[] {
    seenTypes.add(type);
    const resources = [...template.values()].filter((resource) => resource.type === type);
    return resources.map((resource) => {
      const parsed = schema.safeParse(resolveProperties(resource, references));
      if (parsed.success) return read(parsed.data, resource);
      throw new Error(
        `${resource.logicalId} (${type}) has what the embedded stack does not know:\n${z.prettifyError(parsed.error)}`,
      );
    });
  }
  const ref = ({ logicalId }: Resource) => references.ref(logicalId)!;
  const arn = ({ logicalId }: Resource) => references.attribute(logicalId, 'Arn')!;

  const tables = each('AWS::DynamoDB::Table', TableProperties, (properties, resource): Table => ({
    name: ref(resource),
    keySchema: properties.KeySchema,
    attributes: properties.AttributeDefinitions,
  }));

  const queues = each('AWS::SQS::Queue', QueueProperties, (properties, resource): Queue => {
    const { VisibilityTimeout, DelaySeconds, MessageRetentionPeriod, RedrivePolicy } = properties;
    const numbers = { VisibilityTimeout, DelaySeconds, MessageRetentionPeriod };
    return {
      name: references.attribute(resource.logicalId, 'QueueName')!,
      url: ref(resource),
      arn: arn(resource),
      attributes: {
        ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)])),
        ...(RedrivePolicy ? { RedrivePolicy: JSON.stringify(RedrivePolicy) } : {}),
      },
    };
  });
  function queueOf(queueArn: string, { logicalId }: Resource): Queue {
    return find(
      queues,
      (queue) => queue.arn === queueArn,
      `${logicalId}: ${queueArn} is no queue of the template`,
    );
  }

  const buckets = each('AWS::S3::Bucket', BucketProperties, (properties, resource): Bucket => {
    const configurations = properties.NotificationConfiguration?.QueueConfigurations ?? [];
    return {
      name: ref(resource),
      versioned: properties.VersioningConfiguration?.Status === 'Enabled',
      notifications: configurations.map(({ Event, Queue, Filter }) => {
        const rule = (name: string) => Filter?.S3Key.Rules.find(({ Name }) => Name === name)?.Value ?? '';
        return {
          event: Event,
          prefix: rule('prefix'),
          suffix: rule('suffix'),
          queueUrl: queueOf(Queue, resource).url,
        };
      }),
    };
  });

  const functions = each(
    'AWS::Lambda::Function',
    FunctionProperties,
    (properties, resource): LocalFunction => {
      const entry = resource.metadata['gloss:entry'];
      if (typeof entry !== 'string') {
        throw new Error(`${resource.logicalId}: its Metadata must name the source file as "gloss:entry"`);
      }
      return {
        logicalId: resource.logicalId,
        name: ref(resource),
        arn: arn(resource),
        entry,
        exportName: properties.Handler.slice(properties.Handler.lastIndexOf('.') + 1),
        environment: properties.Environment?.Variables ?? {},
        timeoutMs: properties.Timeout * 1000,
        memoryMb: properties.MemorySize,
      };
    },
  );
  function functionOf(nameOrArn: string, { logicalId }: Resource): LocalFunction {
    const found = ({ name, arn }: LocalFunction) => name === nameOrArn || arn === nameOrArn;
    return find(functions, found, `${logicalId}: ${nameOrArn} is no function of the template`);
  }

  const mappings = each(
    'AWS::Lambda::EventSourceMapping',
    EventSourceMappingProperties,
    (properties, resource): Mapping => {
      const queue = queueOf(properties.EventSourceArn, resource);
      return {
        queueUrl: queue.url,
        queueArn: queue.arn,
        functionId: functionOf(properties.FunctionName, resource).logicalId,
        batchSize: properties.BatchSize,
        windowMs: properties.MaximumBatchingWindowInSeconds * 1000,
        reportsFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
        maxConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? Infinity,
      };
    },
  );

  const schedules = each(
    'AWS::Scheduler::Schedule',
    ScheduleProperties,
    (properties, resource): Schedule => ({
      name: resource.logicalId,
      everyMs: properties.ScheduleExpression,
      queueUrl: queueOf(properties.Target.Arn, resource).url,
      message: properties.Target.Input,
    }),
  );

  each('AWS::ApiGatewayV2::Api', HttpApiProperties, () => undefined);
  const integrations = each(
    'AWS::ApiGatewayV2::Integration',
    IntegrationProperties,
    (properties, resource) => ({
      target: `integrations/${ref(resource)}`,
      functionId: functionOf(properties.IntegrationUri, resource).logicalId,
    }),
  );
  const routes = each('AWS::ApiGatewayV2::Route', RouteProperties, ({ Target }, { logicalId }) =>
    find(integrations, ({ target }) => target === Target, `${logicalId}: ${Target} is not in the template`),
  );
  if (routes.length > 1) throw new Error('the embedded stack serves one HTTP API; the template has several');

  refuseUnknown(template, seenTypes);
  return { tables, queues, buckets, functions, mappings, schedules, httpFunctionId: routes[0]?.functionId };
}

function find<T>(items: readonly T[], matches: (item: T) => boolean, otherwise: string): T {
  const found = items.find(matches);
  if (found === undefined) throw new Error(otherwise);
  return found;
}

function refuseUnknown(template: Template, known: ReadonlySet<string>): void {
  const unknown = [...template.values()].filter(({ type }) => !known.has(type));
  if (unknown.length === 0) return;
  const names = unknown.map(({ logicalId, type }) => `${logicalId} (${type})`).join(', ');
  throw new Error(
    `the embedded stack does not know ${names}: stand it up in infra/local/topology.ts, or leave it out by name in infra/local/resource-schemas.ts`,
  );
}
