import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { GlossFunction } from './gloss-function.ts';

/** What functions do with items. Scan reads every tenant's keys: it is for whoever proves that one is gone. */
type ItemAction =
  'GetItem' | 'BatchGetItem' | 'Query' | 'Scan' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'BatchWriteItem';

/** A table keyed by pk and sk, paid by request, that survives mistakes: restorable by the second, never deleted. */
export class ItemTable extends Table {
  constructor(scope: Construct, id: string, { timeToLiveAttribute }: { timeToLiveAttribute?: string } = {}) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: TableEncryption.AWS_MANAGED,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(timeToLiveAttribute === undefined ? {} : { timeToLiveAttribute }),
    });
  }

  /** Lets a function use the items of the tenant that it works for. */
  grantItems({ tenantRole }: GlossFunction, ...actions: ItemAction[]): void {
    tenantRole.allowItems(
      this.tableArn,
      actions.map((action) => `dynamodb:${action}`),
    );
  }

  /** Lets a function use all items, whoever's they are. */
  grantAllItems(grantee: GlossFunction, ...actions: ItemAction[]): void {
    this.grant(grantee, ...actions.map((action) => `dynamodb:${action}`));
  }
}
