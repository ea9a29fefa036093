import type { Node } from 'constructs';
import { APPLICATION_PROFILE_ARN } from './model-arns.ts';

/** What a deployment may choose, given as CDK context: `npx cdk deploy -c modelId=... -c alarmEmail=...`. */
export interface Settings {
  /** Ids of Bedrock models or inference profiles, or ARNs of application inference profiles; the first is the usual one, tenants may choose the others. */
  readonly modelIds: readonly string[];
  readonly cropPolicy: string;
  /** Where alarms are mailed; without it they only show in the console. */
  readonly alarmEmail: string | undefined;
  /** An EventBridge bus of the account, such as `default`, that hears how images stand; without it none does. */
  readonly eventBus: string | undefined;
  /** Whose tokens (JWT) open the API beside API keys. */
  readonly oidc: OidcSettings | undefined;
}

interface OidcSettings {
  readonly issuer: string;
  readonly audience: string;
  /** Claims that name the tenant and list the scopes. */
  readonly tenantClaim: string;
  readonly scopeClaim: string;
}

/** As in lib/vision/crop-policy.ts, checked here so that a typing error fails the deployment and not the first photo. */
export const CROP_POLICIES: readonly string[] = [
  'none',
  'grid-2x2',
  'grid-3x3',
  'grid-2x2-center',
  'adaptive',
];

const MODEL_ID = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:[a-z0-9]+)*$/;

/** @throws Error that names the setting and the values it takes. */
export function readSettings(node: Node): Settings {
  const modelIds = (readText(node, 'modelId') ?? 'us.amazon.nova-2-lite-v1:0').split(',');
  for (const modelId of modelIds) {
    if (!MODEL_ID.test(modelId) && !APPLICATION_PROFILE_ARN.test(modelId)) {
      throw new Error(
        `context modelId "${modelId}": give the id of a Bedrock model or inference profile, or the ARN of an application inference profile; several with commas`,
      );
    }
  }
  const cropPolicy = readText(node, 'cropPolicy') ?? 'grid-2x2';
  if (!CROP_POLICIES.includes(cropPolicy)) {
    throw new Error(`context cropPolicy "${cropPolicy}": use ${CROP_POLICIES.join(', ')}`);
  }
  const alarmEmail = readText(node, 'alarmEmail');
  if (alarmEmail !== undefined && !/^\S+@\S+$/.test(alarmEmail)) {
    throw new Error(`context alarmEmail "${alarmEmail}": give one mail address`);
  }
  const eventBus = readText(node, 'eventBus');
  if (eventBus !== undefined && !/^[\w./-]{1,256}$/.test(eventBus)) {
    throw new Error(`context eventBus "${eventBus}": give the name of an EventBridge bus, not an ARN`);
  }
  return { modelIds, cropPolicy, alarmEmail, eventBus, oidc: readOidc(node) };
}

function readOidc(node: Node): OidcSettings | undefined {
  const issuer = readText(node, 'oidcIssuer');
  const audience = readText(node, 'oidcAudience');
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined || !/^https:\/\/[^?#]+[^/?#]$/.test(issuer)) {
    throw new Error(
      `context oidcIssuer "${issuer ?? ''}": give the https address in the tokens' iss, without "/" at the end`,
    );
  }
  // Without it, a token that the issuer made for any other service would open this one.
  if (audience === undefined)
    throw new Error('context oidcAudience is missing: give what tokens for this service have as aud');
  const tenantClaim = readText(node, 'oidcTenantClaim') ?? 'tenant';
  return { issuer, audience, tenantClaim, scopeClaim: readText(node, 'oidcScopeClaim') ?? 'scope' };
}

function readText(node: Node, key: string): string | undefined {
  const value: unknown = node.tryGetContext(key);
  if (value === undefined || typeof value === 'string') return value;
  throw new Error(`context ${key}: give a string`);
}
