import { Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { GlossFunction } from './gloss-function.ts';

/** Of the whole process, its child and 100 MiB of picture; at 1,769 MB a function has one processor. */
const MEMORY_MB = 3_008;
/** Of the child. The rest is for the function itself, and for what grows between two looks. */
const CHILD_MEMORY_MB = 2_600;

/**
 * The function in which strangers' pictures are decoded. Its role may write its logs and its traces and nothing else: a picture that
 * takes over the decoder finds no credentials that open anything. It is called by Describe and gets the address of one object.
 */
export class DecodeFunction extends GlossFunction {
  constructor(scope: Construct, { bucket }: { readonly bucket: Bucket }) {
    super(scope, 'Decode', {
      description: 'Decodes one picture into views, with no right to anything',
      memoryMb: MEMORY_MB,
      timeout: Duration.seconds(75), // what takes 10 s of CPU time takes longer on a busy machine
      extra: 'decoder',
      forTenants: false,
      environment: {
        PICTURE_ORIGIN: `https://${bucket.bucketRegionalDomainName}`,
        DECODE_CPU_SECONDS: '10',
        DECODE_MEMORY_MB: String(CHILD_MEMORY_MB),
      },
    });
  }
}
