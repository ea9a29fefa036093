import * as z from 'zod';
import { S3Error } from './s3-error.ts';

const size = z.int().min(0);
const Condition = z.union([
  z.tuple([z.literal('content-length-range'), size, size]),
  z.tuple([z.enum(['eq', 'starts-with']), z.string().regex(/^\$./), z.string()]),
  z.record(z.string(), z.string()).refine((pair) => Object.keys(pair).length === 1),
]);
const Policy = z.object({ expiration: z.iso.datetime(), conditions: z.array(Condition) });

/** Fields that no condition has to speak of; the bucket is that of the address. */
const FREE = /^(?:policy|x-amz-signature|bucket|x-ignore-.*)$/;

/** How many bytes the file may have. */
export interface SizeRange {
  readonly min: number;
  readonly max: number;
}

/**
 * Holds the fields of a form against the policy that was signed for it: each condition must hold, and each field must
 * have one.
 * Source: "POST Policy" of the S3 API reference.
 * @param fields expanded, names in lower case, the bucket among them
 * @throws S3Error for a policy that cannot be read or has expired, or that the form does not keep
 */
export function checkPolicy(encoded: string, fields: ReadonlyMap<string, string>, nowMs: number): SizeRange {
  const { expiration, conditions } = readPolicy(encoded);
  if (nowMs > Date.parse(expiration)) throw refused('Policy expired.');
  const spokenOf = new Set<string>();
  const range = { min: 0, max: Infinity };
  for (const condition of conditions) {
    const [test, name, value] = Array.isArray(condition)
      ? condition
      : (['eq', `$${Object.keys(condition)[0]!}`, Object.values(condition)[0]!] as const);
    if (test === 'content-length-range') {
      range.min = Math.max(range.min, name);
      range.max = Math.min(range.max, value);
      continue;
    }
    const field = name.slice(1).toLowerCase();
    const sent = fields.get(field) ?? '';
    if (test === 'eq' ? sent !== value : !sent.startsWith(value))
      throw refused(`Policy Condition failed: ${JSON.stringify([test, name, value])}`);
    spokenOf.add(field);
  }
  const extra = [...fields.keys()].filter((name) => !FREE.test(name) && !spokenOf.has(name));
  if (extra.length > 0) throw refused(`Extra input fields: ${extra.join(', ')}`);
  return range;
}

function readPolicy(encoded: string): z.infer<typeof Policy> {
  try {
    return Policy.parse(JSON.parse(Buffer.from(encoded, 'base64').toString()));
  } catch (cause) {
    throw new S3Error('InvalidPolicyDocument', 'Invalid Policy: it cannot be read', { cause });
  }
}

const refused = (why: string) => new S3Error('AccessDenied', `Invalid according to Policy: ${why}`);
