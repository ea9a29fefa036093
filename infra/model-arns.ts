import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** `us.`, `eu.`, `global.` and so on in front of a model id name an inference profile, which picks the region of a call. */
const PROFILE_ID = /^(?:[a-z]{2}|us-gov|apac|global)\.(.+)$/;

/** An inference profile that an account has made for its own accounting. */
export const APPLICATION_PROFILE_ARN =
  /^arn:(aws[\w-]*):bedrock:[a-z0-9-]+:\d{12}:application-inference-profile\/[a-z0-9]+$/;

/**
 * What a role must be allowed to use the models: the model itself in the stack's region; for an inference profile, the profile and its model in every
 * region the profile may choose; for an application's profile, whatever models it leads to, through it alone ("Prerequisites for inference profiles",
 * Amazon Bedrock User Guide).
 */
export function modelStatements(scope: Construct, modelIds: readonly string[]): PolicyStatement[] {
  const actions = ['bedrock:InvokeModel'];
  const profiles = modelIds.filter((modelId) => APPLICATION_PROFILE_ARN.test(modelId));
  return [
    new PolicyStatement({ actions, resources: modelIds.flatMap((modelId) => modelArns(scope, modelId)) }),
    ...profiles.map(
      (arn) =>
        new PolicyStatement({
          actions,
          resources: [`arn:${APPLICATION_PROFILE_ARN.exec(arn)![1]!}:bedrock:*::foundation-model/*`],
          conditions: { StringEquals: { 'bedrock:InferenceProfileArn': arn } },
        }),
    ),
  ];
}

function modelArns(scope: Construct, modelId: string): string[] {
  if (APPLICATION_PROFILE_ARN.test(modelId)) return [modelId];
  const { partition, region, account } = Stack.of(scope);
  const profiled = PROFILE_ID.exec(modelId)?.[1];
  if (profiled === undefined) return [`arn:${partition}:bedrock:${region}::foundation-model/${modelId}`];
  return [
    `arn:${partition}:bedrock:${region}:${account}:inference-profile/${modelId}`,
    `arn:${partition}:bedrock:*::foundation-model/${profiled}`,
  ];
}
