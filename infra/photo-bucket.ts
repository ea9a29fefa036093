import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { OLDER_VERSIONS_KEPT_DAYS } from '../lib/domain/image.ts';
import type { GlossFunction } from './gloss-function.ts';
import { TENANT } from './tenant-role.ts';

/** Largest original that is taken in: raw files and photos of 200 megapixels have some 50 MB. */
export const MAX_IMAGE_BYTES = 100 * 1024 * 1024;

interface PhotoBucketProps {
  readonly created: Queue;
  readonly removed: Queue;
}

type ObjectAction = 'GetObject' | 'GetObjectVersion' | 'PutObject' | 'DeleteObjectVersion';
type Folder = 'uploads' | 'thumbnails';

/** The bucket of originals (uploads/) and thumbnails (thumbnails/), which tells two queues of photos come and gone. */
export class PhotoBucket extends Bucket {
  constructor(scope: Construct, id: string, { created, removed }: PhotoBucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      // What is replaced or deleted by mistake can be had back for a month.
      versioned: true,
      // Any origin: what lets a browser in is the presigned URL or form, which the API hands to the owner of a key.
      cors: [
        {
          allowedMethods: [HttpMethods.GET, HttpMethods.POST],
          allowedOrigins: ['*'],
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag'],
          maxAge: 3600,
        },
      ],
      lifecycleRules: [
        { id: 'AbortUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        {
          id: 'OldOriginals',
          prefix: 'uploads/',
          noncurrentVersionExpiration: Duration.days(OLDER_VERSIONS_KEPT_DAYS),
          expiredObjectDeleteMarker: true,
        },
        // They can be made again.
        {
          id: 'OldThumbnails',
          prefix: 'thumbnails/',
          noncurrentVersionExpiration: Duration.days(1),
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    this.#notify({ 's3:ObjectCreated:*': created, 's3:ObjectRemoved:*': removed });
  }

  /**
   * Lets a function use objects in the tenant's part of a folder. Who may read may list, too: to others S3 does not tell an object
   * that is missing from one that is refused (lib/adapters/s3-refusals.ts).
   */
  grantObjects(grantee: GlossFunction, folder: Folder, ...actions: ObjectAction[]): void {
    if (actions.includes('GetObject')) this.#grantList(grantee, folder, 's3:ListBucket');
    if (actions.includes('GetObjectVersion')) this.#grantList(grantee, folder, 's3:ListBucketVersions');
    grantee.tenantRole.addToPolicy(
      new PolicyStatement({
        actions: actions.map((action) => `s3:${action}`),
        resources: [this.arnForObjects(`${folder}/${TENANT}/*`)],
      }),
    );
  }

  /** Lets a function remove objects in the tenant's part of a folder, with all their versions. */
  grantRemoval(grantee: GlossFunction, folder: Folder): void {
    this.grantObjects(grantee, folder, 'DeleteObjectVersion');
    this.#grantList(grantee, folder, 's3:ListBucketVersions');
  }

  /** Lets a function see which objects there are in the tenant's part of a folder. */
  grantListing(grantee: GlossFunction, folder: Folder): void {
    this.#grantList(grantee, folder, 's3:ListBucket');
  }

  /** Lets a function by itself see which names have originals, whether there is such a tenant or not. */
  grantListOfAll({ grantPrincipal }: GlossFunction, folder: Folder): void {
    grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.bucketArn],
        // This prefix and no longer one: it shows keys, and opens no object.
        conditions: { StringLike: { 's3:prefix': `${folder}/` } },
      }),
    );
  }

  #grantList({ tenantRole }: GlossFunction, folder: Folder, action: string): void {
    tenantRole.addToPolicy(
      new PolicyStatement({
        actions: [action],
        resources: [this.bucketArn],
        conditions: { StringLike: { 's3:prefix': `${folder}/${TENANT}/*` } },
      }),
    );
  }

  /** As properties of the bucket: CDK's own notifications deploy one more function, which the stack can do without. */
  #notify(queues: Readonly<Record<string, Queue>>): void {
    const bucket = this.node.defaultChild as CfnBucket;
    const filter = { s3Key: { rules: [{ name: 'prefix', value: 'uploads/' }] } };
    bucket.notificationConfiguration = {
      queueConfigurations: Object.entries(queues).map(([event, queue]) => ({
        event,
        queue: queue.queueArn,
        filter,
      })),
    };
    for (const queue of Object.values(queues)) {
      queue.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('s3.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          // The account and not the bucket's ARN: S3 checks this policy before the bucket has a name.
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        }),
      );
      bucket.node.addDependency(queue);
    }
  }
}
