import { Construct } from 'constructs';
import type { GlossFunction } from './gloss-function.ts';
import { ItemTable } from './item-table.ts';
import { TENANT } from './tenant-role.ts';

/** The three tables: who the customers are, their images with glosses, and the index over the words. */
export class Storage extends Construct {
  readonly tenants: ItemTable;
  readonly images: ItemTable;
  readonly index: ItemTable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.tenants = new ItemTable(this, 'TenantsTable', { timeToLiveAttribute: 'expiresAtSec' });
    this.images = new ItemTable(this, 'ImagesTable', { timeToLiveAttribute: 'expiresAtSec' });
    this.index = new ItemTable(this, 'IndexTable');
  }

  /** Lets a function see the settings of the tenant that it works for, and write down what it has used. */
  grantAccount(worker: GlossFunction): void {
    this.tenants.grantPartitions(worker, [`_tenant/${TENANT}`], 'GetItem');
    this.tenants.grantPartitions(worker, [`${TENANT}/usage`], 'UpdateItem');
  }

  /** Lets a function look up what the tenant that it works for has used. */
  grantUsage(reader: GlossFunction): void {
    this.tenants.grantPartitions(reader, [`${TENANT}/usage`], 'Query');
  }

  /** Lets a function search the index and commit a change: new segments, a merge, or deletions. */
  grantCommits(committer: GlossFunction): void {
    this.index.grantItems(committer, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem');
  }
}
