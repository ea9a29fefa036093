import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** `us.`, `eu.`, `global.` and so on in front of a model id name an inference profile, which picks the region of a call. */
const PROFILE_ID = /^(?:[a-z]{2}|us-gov|apac|global)\.(.+)$/;

/**
 * What a role must be allowed to invoke to use the model: the model itself in the stack's region; for an inference
 * profile, the profile and its model in every region the profile may choose.
 */
export function modelArns(scope: Construct, modelId: string): string[] {
  const { partition, region, account } = Stack.of(scope);
  const profiled = PROFILE_ID.exec(modelId)?.[1];
  if (profiled === undefined) return [`arn:${partition}:bedrock:${region}::foundation-model/${modelId}`];
  return [
    `arn:${partition}:bedrock:${region}:${account}:inference-profile/${modelId}`,
    `arn:${partition}:bedrock:*::foundation-model/${profiled}`,
  ];
}
