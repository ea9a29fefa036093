import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { CROP_POLICIES } from '../lib/domain/tenant.ts';
import { APPLICATION_PROFILE_ARN } from './model-arns.ts';

/** What a stage may choose. Everything has a default, and what is not known is refused: docs/deployment.md has a row for each. */

const MODEL_ID = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:[a-z0-9]+)*$/;
/** Names are no numbers, and 9999 stands for ever. */
const KEPT_DAYS = Object.values(RetentionDays)
  .map(Number)
  .filter((days) => days < 9999);

const modelId = z.string().refine((id) => MODEL_ID.test(id) || APPLICATION_PROFILE_ARN.test(id), {
  error:
    'give the id of a Bedrock model or inference profile, or the ARN of an application inference profile',
});

/** Whose tokens (JWT) open the API beside API keys. Without the audience, a token made for any other service would open this one. */
const oidc = z.strictObject({
  issuer: z.string().regex(/^https:\/\/[^?#]+[^/?#]$/, {
    error: 'give the https address in the tokens\' iss, without "/" at the end',
  }),
  audience: z.string().min(1),
  /** Claims that name the tenant and list the scopes. */
  tenantClaim: z.string().min(1).default('tenant'),
  scopeClaim: z.string().min(1).default('scope'),
});

const stageSchema = z.strictObject({
  account: z
    .string()
    .regex(/^\d{12}$/, { error: 'give the 12 digits of an AWS account' })
    .optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'give a region of AWS, such as eu-central-1' })
    .optional(),
  tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
  /** The first is the usual one, tenants may choose the others. */
  modelIds: z.array(modelId).min(1).optional(),
  cropPolicy: z.enum(CROP_POLICIES).default('grid-2x2'),
  /** Photos that are described at once. */
  describeConcurrency: z.int().min(2).max(1_000).default(20),
  /** Of the account's concurrent executions, kept for the API alone; none where it is left out. */
  apiConcurrency: z.int().min(1).max(10_000).optional(),
  /** Requests to the API of all tenants, a second and at once. */
  throttle: z
    .strictObject({ rateLimit: z.int().min(1), burstLimit: z.int().min(1) })
    .default({ rateLimit: 100, burstLimit: 200 }),
  logsKeptDays: z
    .literal(KEPT_DAYS, { error: `CloudWatch keeps logs for ${KEPT_DAYS.join(', ')} days` })
    .default(RetentionDays.ONE_MONTH),
  /** Where alarms are mailed, and a topic of SNS that hears of them; without either they only show in the console. */
  alarmEmail: z
    .string()
    .regex(/^\S+@\S+$/, { error: 'give one mail address' })
    .optional(),
  alarmTopicArn: z
    .string()
    .regex(/^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/, { error: 'give the ARN of a topic of SNS' })
    .optional(),
  /** An EventBridge bus of the account, such as `default`, that hears how images stand; without it none does. */
  eventBus: z
    .string()
    .regex(/^[\w./-]{1,256}$/, { error: 'give the name of an EventBridge bus, not an ARN' })
    .optional(),
  oidc: oidc.optional(),
});

export type StageSettings = z.input<typeof stageSchema>;
export type Settings = z.output<typeof stageSchema> & { readonly modelIds: readonly string[] };

/** @throws Error that names the setting and the values it takes */
export function readSettings(given: unknown, stage: string): Settings {
  const read = stageSchema.safeParse(given);
  if (!read.success) {
    const told = read.error.issues.map(({ path, message }) => `${[stage, ...path].join('.')}: ${message}`);
    throw new Error(`the settings cannot be used. ${told.join('; ')}`);
  }
  return { ...read.data, modelIds: read.data.modelIds ?? [usualModel(read.data.region)] };
}

/** By an inference profile that keeps pictures in the geography of the stage, where there is one. */
function usualModel(region = 'us-east-1'): string {
  const geography =
    /^(us|eu)-(?!gov)/.exec(region)?.[1] ?? (/^ap-northeast-[13]$/.test(region) ? 'jp' : 'global');
  return `${geography}.amazon.nova-2-lite-v1:0`;
}
