import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { GlossFunction } from './gloss-function.ts';
import { TENANT } from './tenant-role.ts';

type ItemAction =
  'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'BatchWriteItem';

const named = (actions: readonly ItemAction[]) => actions.map((action) => `dynamodb:${action}`);

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
  grantItems(grantee: GlossFunction, ...actions: ItemAction[]): void {
    this.grantPartitions(grantee, [`${TENANT}/*`], ...actions);
  }

  /** Lets a function use some partitions of the tenant that it works for. */
  grantPartitions(
    { tenantRole }: GlossFunction,
    partitions: readonly string[],
    ...actions: ItemAction[]
  ): void {
    tenantRole.allowItems(this.tableArn, named(actions), partitions);
  }

  /** Lets a function by itself use partitions that belong to no tenant, or, by a pattern, to every one. */
  grantGlobal(
    { grantPrincipal }: GlossFunction,
    partitions: readonly string[],
    ...actions: ItemAction[]
  ): void {
    grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: named(actions),
        resources: [this.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] },
          // "For all values" is also true of no values, as in a scan.
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
    );
  }

  /** Lets a function see the keys of all items, whoever's they are, and nothing else of them. */
  grantKeys({ grantPrincipal }: GlossFunction): void {
    grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:Scan'],
        resources: [this.tableArn],
        conditions: {
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk'] },
          // Without it a scan that names no attributes would fulfil the line above, and read all of them.
          StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        },
      }),
    );
  }
}
