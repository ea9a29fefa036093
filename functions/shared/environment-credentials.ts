/** What infra/bundle.ts puts in the place of the SDK's chain of credential providers. */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
