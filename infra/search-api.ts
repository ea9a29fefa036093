import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
  type ThrottleSettings,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { GlossFunction } from './gloss-function.ts';
import type { Indexing } from './indexing.ts';
import type { Ingest } from './ingest.ts';
import type { ItemTable } from './item-table.ts';
import { WEBHOOKS, type Notifications } from './notifications.ts';
import { MAX_IMAGE_BYTES } from './photo-bucket.ts';
import type { Purge } from './purge.ts';
import type { Settings } from './settings.ts';
import type { Storage } from './storage.ts';
import { TENANT } from './tenant-role.ts';

interface SearchApiProps {
  readonly storage: Storage;
  readonly indexing: Indexing;
  readonly notifications: Notifications;
  readonly purge: Purge;
  readonly ingest: Pick<Ingest, 'bucket' | 'admitQueue'>;
  readonly settings: Settings;
}

/** The HTTP API with the search page. */
export class SearchApi extends Construct {
  readonly httpApi: HttpApi;
  readonly function: GlossFunction;
  /** A line for each request. */
  readonly accessLogs: LogGroup;

  constructor(scope: Construct, id: string, props: SearchApiProps) {
    super(scope, id);
    this.function = this.#apiFunction(props);
    // Routes are the function's: one catch-all here, so that they live (and are tested) in one place.
    this.httpApi = new HttpApi(this, 'HttpApi', {
      apiName: 'gloss',
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('Function', this.function, {
        payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
      }),
    });
    this.accessLogs = new LogGroup(this, 'AccessLogs', {
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#defaultStage(props.settings.throttle);
  }

  #apiFunction({ storage, indexing, notifications, purge, ingest, settings }: SearchApiProps): GlossFunction {
    const { bucket, admitQueue } = ingest;
    const api = new GlossFunction(this, 'Api', {
      description: 'Answers searches, signs uploads, serves the page',
      memoryMb: 1024,
      reservedConcurrency: settings.apiConcurrency,
      timeout: Duration.seconds(20),
      extra: 'web',
      environment: {
        BUCKET: bucket.bucketName,
        BUCKET_URL: `https://${bucket.bucketRegionalDomainName}`,
        IMAGES_TABLE: storage.images.tableName,
        INDEX_TABLE: storage.index.tableName,
        TENANTS_TABLE: storage.tenants.tableName,
        ADMIT_QUEUE_URL: admitQueue.queueUrl,
        INDEX_QUEUE_URL: indexing.indexQueue.queueUrl,
        BULK_INDEX_QUEUE_URL: indexing.bulkIndexQueue.queueUrl,
        REINDEX_QUEUE_URL: indexing.reindexQueue.queueUrl,
        PURGE_QUEUE_URL: purge.queue.queueUrl,
        MODEL_IDS: settings.modelIds.join(),
        ...oidcVariables(settings.oidc),
        MAX_IMAGE_BYTES: String(MAX_IMAGE_BYTES),
        WEBHOOKS,
      },
    });
    // A presigned URL can do what its signer may, so the API holds the rights of those it signs for.
    bucket.grantObjects(api, 'uploads', 'GetObject', 'GetObjectVersion', 'PutObject');
    bucket.grantObjects(api, 'thumbnails', 'GetObject');
    bucket.grantRemoval(api, 'uploads');
    bucket.grantRemoval(api, 'thumbnails');
    storage.images.grantItems(
      api,
      'GetItem',
      'BatchGetItem',
      'Query',
      'PutItem',
      'UpdateItem',
      'DeleteItem',
      'BatchWriteItem',
    );
    storage.images.grantGlobal(api, ['_ended'], 'PutItem');
    storage.grantCommits(api);
    storage.grantAccount(api);
    storage.grantUsage(api);
    this.#grantTenants(api, storage.tenants);
    purge.queue.grantSend(api);
    admitQueue.grantSend(api);
    indexing.indexQueue.grantSend(api);
    indexing.bulkIndexQueue.grantSend(api);
    indexing.reindexQueue.grantSend(api);
    notifications.grantAnnounce(api);
    notifications.ping.grantCall(api);
    indexing.segments.grantCall(api);
    return api;
  }

  /** Keys by their hash and records by name, before it is known who asks; then what the tenant that asks has. */
  #grantTenants(api: GlossFunction, tenants: ItemTable): void {
    tenants.grantGlobal(api, ['_key/*'], 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    tenants.grantGlobal(api, ['_tenant/*'], 'GetItem', 'BatchGetItem', 'PutItem');
    tenants.grantGlobal(api, ['_tenants'], 'Query', 'PutItem');
    tenants.grantGlobal(api, ['_operator/*'], 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    tenants.grantGlobal(api, ['_strays'], 'Query');
    tenants.grantPartitions(api, [`_stray/${TENANT}`], 'Query', 'DeleteItem');
    tenants.grantGlobal(api, ['*/usage'], 'Query'); // the operator sees what all have used
    tenants.grantPartitions(
      api,
      [`${TENANT}/keys`],
      'GetItem',
      'Query',
      'PutItem',
      'UpdateItem',
      'DeleteItem',
    );
    tenants.grantPartitions(api, [`${TENANT}/seal`, `${TENANT}/webhook`], 'GetItem', 'PutItem');
    tenants.grantPartitions(api, [`${TENANT}/rate`], 'GetItem', 'UpdateItem');
  }

  /** Logs the path of a request without its query: what tenants search for stays theirs. */
  #defaultStage(throttle: ThrottleSettings): void {
    new HttpStage(this, 'DefaultStage', {
      httpApi: this.httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLogs),
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            time: '$context.requestTime',
            ip: '$context.identity.sourceIp',
            method: '$context.httpMethod',
            path: '$context.path',
            status: '$context.status',
            latencyMs: '$context.responseLatency',
            responseBytes: '$context.responseLength',
            error: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
  }
}

function oidcVariables(oidc: Settings['oidc']): Record<string, string> {
  if (!oidc) return {};
  return {
    OIDC_ISSUER: oidc.issuer,
    OIDC_AUDIENCE: oidc.audience,
    OIDC_TENANT_CLAIM: oidc.tenantClaim,
    OIDC_SCOPE_CLAIM: oidc.scopeClaim,
  };
}
