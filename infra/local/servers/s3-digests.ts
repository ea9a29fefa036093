import { createHash } from 'node:crypto';
import { Crc32, Crc32c, Crc64Nvme } from '@aws-sdk/checksums/crc';

/** A digest of bytes that come piece by piece. */
export interface Digest {
  update(bytes: Uint8Array): void;
  digest(): Promise<Uint8Array>;
}

const hashOf = (algorithm: string) => (): Digest => {
  const hash = createHash(algorithm);
  return { update: (bytes) => void hash.update(bytes), digest: () => Promise.resolve(hash.digest()) };
};

/**
 * The checksums of a header `x-amz-checksum-NAME`, by NAME. Programs choose: the AWS CLI sends crc64nvme, boto3 and the SDKs crc32.
 * Source: "Checking object integrity in Amazon S3" of the S3 user guide.
 */
export const DIGESTS: Readonly<Record<string, () => Digest>> = {
  crc32: () => new Crc32(),
  crc32c: () => new Crc32c(),
  crc64nvme: () => new Crc64Nvme(),
  sha1: hashOf('sha1'),
  sha256: hashOf('sha256'),
};
