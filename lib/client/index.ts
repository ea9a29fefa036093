/** What `import ... from 'gloss-search'` gives. */
export { createClient, type Client, type ClientOptions } from './create-client.ts';
export type { Answered, Asked, Call, OperationId } from './call.ts';
export type {
  ExpectedImage,
  Hit,
  Image,
  ImagesOptions,
  Listed,
  ListedStatus,
  SearchAnswer,
  SearchOptions,
  ThereAlready,
} from './pages.ts';
export type { Uploaded, UploadOptions, UploadProgress } from './upload.ts';
export type { WaitOptions } from './wait.ts';
export { GlossProblem, type ProblemFacts } from './problem.ts';
export { verifyWebhook, type VerifyOptions, type WebhookMessage } from './verify-webhook.ts';
export type { components } from './api-types.ts';
