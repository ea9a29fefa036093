import type { Node } from 'constructs';

/** What a deployment may choose, given as CDK context: `npx cdk deploy -c modelId=... -c alarmEmail=...`. */
export interface Settings {
  /** Bedrock model id or geographic inference profile id. */
  readonly modelId: string;
  readonly cropPolicy: string;
  /** Where alarms are mailed; without it they only show in the console. */
  readonly alarmEmail: string | undefined;
}

/** As in lib/views/crop-policy.ts, checked here so that a typing error fails the deployment and not the first photo. */
export const CROP_POLICIES: readonly string[] = ['none', 'grid-2x2', 'grid-3x3', 'grid-2x2-center'];

/** @throws Error that names the setting and the values it takes. */
export function readSettings(node: Node): Settings {
  const modelId = readText(node, 'modelId') ?? 'us.amazon.nova-2-lite-v1:0';
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+(:[a-z0-9]+)*$/.test(modelId)) {
    throw new Error(
      `context modelId "${modelId}": give a Bedrock model id or inference profile id, not an ARN`,
    );
  }
  const cropPolicy = readText(node, 'cropPolicy') ?? 'grid-2x2';
  if (!CROP_POLICIES.includes(cropPolicy)) {
    throw new Error(`context cropPolicy "${cropPolicy}": use ${CROP_POLICIES.join(', ')}`);
  }
  const alarmEmail = readText(node, 'alarmEmail');
  if (alarmEmail !== undefined && !/^\S+@\S+$/.test(alarmEmail)) {
    throw new Error(`context alarmEmail "${alarmEmail}": give one mail address`);
  }
  return { modelId, cropPolicy, alarmEmail };
}

function readText(node: Node, key: string): string | undefined {
  const value: unknown = node.tryGetContext(key);
  if (value === undefined || typeof value === 'string') return value;
  throw new Error(`context ${key}: give a string`);
}
