import { Construct } from 'constructs';
import type { GlossFunction } from './gloss-function.ts';
import { ItemTable } from './item-table.ts';

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

  /** Lets a function write down, and look up, what the tenant that it works for has used up. */
  grantUsage(worker: GlossFunction): void {
    this.tenants.grantItems(worker, 'GetItem', 'Query', 'UpdateItem');
    this.tenants.grantAllItems(worker, 'GetItem'); // whether the tenant is still there
  }

  /** Lets a function search the index and commit a change: new segments, a merge, or deletions. */
  grantCommits(committer: GlossFunction): void {
    this.index.grantItems(committer, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem');
  }
}
