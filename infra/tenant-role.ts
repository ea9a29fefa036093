import {
  ArnPrincipal,
  PolicyStatement,
  PrincipalWithConditions,
  Role,
  SessionTagsPrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** The tag of a session that says whose data it may reach. */
const TAG = 'tenant';
/** What stands for that tenant in a policy. */
export const TENANT = `\${aws:PrincipalTag/${TAG}}`;

/**
 * What a function takes on to work for one tenant: it can be had only by that function, only with a session tag that names
 * the tenant, and every right that it has ends where the tenant's data ends. A fault in the code that mixes tenants up meets
 * AccessDenied instead of another tenant's photos.
 */
export class TenantRole extends Role {
  constructor(scope: Construct, id: string, { usedBy }: { readonly usedBy: Role }) {
    const tagged = new PrincipalWithConditions(new ArnPrincipal(usedBy.roleArn), {
      StringLike: { [`aws:RequestTag/${TAG}`]: '?*' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': [TAG] },
    });
    super(scope, id, { assumedBy: new SessionTagsPrincipal(tagged) });
    usedBy.addToPolicy(
      new PolicyStatement({ actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [this.roleArn] }),
    );
  }

  /**
   * Lets the session use items by their partition keys.
   * @param leadingKeys patterns of partition keys; each holds the tenant's name
   */
  allowItems(tableArn: string, actions: readonly string[], leadingKeys: readonly string[]): void {
    this.addToPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...leadingKeys] },
          // "For all values" is also true of no values, as in a scan.
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
    );
  }
}
