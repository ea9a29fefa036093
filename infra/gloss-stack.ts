import { CfnOutput, Stack, type CfnElement } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Housekeeping } from './housekeeping.ts';
import { IndexStore } from './index-store.ts';
import { Ingest } from './ingest.ts';
import { SearchApi } from './search-api.ts';
import { readSettings } from './settings.ts';
import { Tenancy } from './tenancy.ts';

/**
 * Gloss as one stack: who may come in (Tenancy), words kept (IndexStore), photos in (Ingest), answers out (SearchApi), what
 * time brings (Housekeeping), and who watches (Alarms).
 */
export class GlossStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { description: 'Gloss: image search by words' });
    const settings = readSettings(this.node);
    const tenancy = new Tenancy(this, 'Tenancy', settings);
    const store = new IndexStore(this, 'IndexStore', tenancy);
    const ingest = new Ingest(this, 'Ingest', { store, tenancy, settings });
    const search = new SearchApi(this, 'SearchApi', { store, tenancy, bucket: ingest.bucket, settings });
    const house = new Housekeeping(this, 'Housekeeping', { store, tenancy, bucket: ingest.bucket });
    const announcing = [...ingest.functions, store.functions[0]!, search.function, house.function];
    for (const worker of announcing) tenancy.grantAnnounce(worker);
    const notify = tenancy.addNotify(store);
    const purge = tenancy.addPurge(store, ingest.bucket);
    new Alarms(this, 'Alarms', {
      queues: [
        ingest.describeQueue,
        ingest.removeQueue,
        store.indexQueue,
        store.mergeQueue,
        tenancy.notifyQueue,
        tenancy.purgeQueue,
        house.sweepQueue,
      ],
      functions: [...ingest.functions, ...store.functions, search.function, notify, purge, house.function],
      describeQueue: ingest.describeQueue,
      indexQueue: store.indexQueue,
      httpApi: search.httpApi,
      email: settings.alarmEmail,
    });

    new CfnOutput(this, 'ApiUrl', {
      value: search.httpApi.apiEndpoint,
      description: 'The search page and the API',
    });
    new CfnOutput(this, 'BucketName', {
      value: ingest.bucket.bucketName,
      description: 'Originals and thumbnails',
    });
    new CfnOutput(this, 'TenantsTableName', {
      value: tenancy.tenants.tableName,
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
