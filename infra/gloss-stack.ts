import { Aspects, CfnOutput, Stack, type CfnElement } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { GlossDashboard } from './dashboard.ts';
import { Housekeeping } from './housekeeping.ts';
import { Indexing } from './indexing.ts';
import { Ingest } from './ingest.ts';
import { Notifications } from './notifications.ts';
import { Purge } from './purge.ts';
import { SearchApi } from './search-api.ts';
import { LogsKept } from './logs-kept.ts';
import type { Settings } from './settings.ts';
import { Storage } from './storage.ts';

/**
 * Gloss as one stack: tables (Storage), news of images (Notifications), words kept (Indexing), photos in (Ingest), deleted
 * tenants out (Purge), answers out (SearchApi), what time brings (Housekeeping), and who watches (Alarms, Dashboard). Each is complete
 * when its constructor is done, and takes only what was made before it.
 */
export class GlossStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings) {
    const { account, region, tags } = settings;
    const env = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
    super(scope, id, { description: 'Gloss: image search by words', env, tags });
    Aspects.of(this).add(new LogsKept(settings.logsKeptDays));
    const storage = new Storage(this, 'Storage');
    const notifications = new Notifications(this, 'Notifications', { storage, settings });
    const shared = { storage, notifications };
    const indexing = new Indexing(this, 'Indexing', shared);
    const ingest = new Ingest(this, 'Ingest', { ...shared, indexing, settings });
    const { bucket } = ingest;
    const purge = new Purge(this, 'Purge', { storage, bucket });
    const search = new SearchApi(this, 'SearchApi', { ...shared, indexing, purge, ingest, settings });
    const house = new Housekeeping(this, 'Housekeeping', { ...shared, indexing, ingest });
    const queues = [
      ingest.admitQueue,
      ingest.describeQueue,
      ingest.removeQueue,
      indexing.indexQueue,
      indexing.bulkIndexQueue,
      indexing.mergeQueue,
      indexing.reindexQueue,
      notifications.queue,
      purge.queue,
      house.sweepQueue,
      house.wakeQueue,
    ];
    const functions = [
      ...ingest.functions,
      ...indexing.functions,
      search.function,
      notifications.function,
      notifications.ping,
      purge.function,
      house.function,
    ];
    new Alarms(this, 'Alarms', {
      queues,
      functions,
      admit: ingest.admit,
      describe: ingest.describe,
      readers: [search.function, house.function, notifications.function],
      sweep: house.function,
      admitQueue: ingest.admitQueue,
      describeQueue: ingest.describeQueue,
      removeQueue: ingest.removeQueue,
      indexQueue: indexing.indexQueue,
      bulkIndexQueue: indexing.bulkIndexQueue,
      httpApi: search.httpApi,
      email: settings.alarmEmail,
      topicArn: settings.alarmTopicArn,
    });
    const { tenants, images, index } = storage;
    const tables = [tenants, images, index];
    const { modelIds } = settings;
    new GlossDashboard(this, 'Dashboard', { queues, functions, tables, api: search, modelIds });

    new CfnOutput(this, 'ApiUrl', {
      value: search.httpApi.apiEndpoint,
      description: 'The search page and the API',
    });
    new CfnOutput(this, 'BucketName', {
      value: ingest.bucket.bucketName,
      description: 'Originals and thumbnails',
    });
    new CfnOutput(this, 'TenantsTableName', {
      value: storage.tenants.tableName,
      description: 'Where tenants and the hashes of their keys are added',
    });
  }

  /**
   * Logical ids without the part of the stack a resource is made in and without CDK's hash: `DescribeQueue`. They
   * stay the same when a resource moves to another file, so that tables and photos are never replaced by a tidy-up.
   * CDK refuses a template in which two resources end up with one id.
   */
  protected override allocateLogicalId(element: CfnElement): string {
    const path = element.node.scopes.slice(this.node.scopes.length).map((scope) => scope.node.id);
    const named = path.length > 1 ? path.slice(1) : path;
    return named
      .filter((id) => id !== 'Resource')
      .join('')
      .replaceAll(/[^A-Za-z0-9]/g, '');
  }
}
