import { callsOf, checkedCredential, type Call, type Service } from './call.ts';
import {
  allImages,
  searchHits,
  searchPages,
  type Hit,
  type Image,
  type ImagesOptions,
  type Listed,
  type ListedStatus,
  type SearchAnswer,
  type SearchOptions,
  type ThereAlready,
} from './pages.ts';
import { upload, type Uploaded, type UploadOptions } from './upload.ts';
import { waitUntilSearchable, type WaitOptions } from './wait.ts';

/** What a client may be given beside its service and credential. */
export type ClientOptions = Partial<Pick<Service, 'fetch' | 'retries'>>;

export interface Client {
  /** Any operation of the API by its name, as `/reference` shows them: `call('showImage', { path: { id } })`. */
  readonly call: Call;
  /** Sends a picture and waits until it is searchable. */
  readonly upload: (file: Blob, options?: UploadOptions) => Promise<Uploaded>;
  /** Every hit for a query, best first, to the last one. */
  readonly search: (query: string, options?: SearchOptions) => AsyncGenerator<Hit, void, undefined>;
  /** Whole answers, page by page. */
  readonly searchPages: (
    query: string,
    options?: SearchOptions,
  ) => AsyncGenerator<SearchAnswer, void, undefined>;
  /** Every image that is there, or every one of a status, in order of id: `images({ status: 'expected' })`. */
  readonly images: <Status extends ListedStatus = ThereAlready>(
    options?: ImagesOptions<Status>,
  ) => AsyncGenerator<Listed<Status>, void, undefined>;
  /** Waits for an image that was sent or imported. */
  readonly waitUntilSearchable: (id: string, options?: WaitOptions) => Promise<Image>;
}

/**
 * A client of the API whose requests and answers the compiler knows (docs/client.md). It runs in Node.js from 20.19 on and in browsers.
 * @param endpoint such as `https://abc.execute-api.eu-west-1.amazonaws.com`
 * @param credential an API key (`gls_...`) or a token of the trusted issuer; or a function that gets one, asked before every request
 * @throws TypeError for what cannot be an address or a credential
 */
export function createClient(
  endpoint: string,
  credential: Service['credential'],
  { fetch: send = (input, init) => fetch(input, init), retries = 4 }: ClientOptions = {},
): Client {
  // "localhost:8080" is an address too, of the scheme "localhost".
  if (!/^https?:/i.test(endpoint) || !URL.canParse(endpoint))
    throw new TypeError(`${endpoint} is no address of a service: write https://... or http://...`);
  if (typeof credential !== 'function') checkedCredential(credential);
  const call = callsOf({ endpoint, credential, fetch: send, retries });
  return {
    call,
    upload: (file, options) => upload({ call, fetch: send }, file, options),
    search: (query, options) => searchHits(call, query, options),
    searchPages: (query, options) => searchPages(call, query, options),
    images: (options) => allImages(call, options),
    waitUntilSearchable: (id, options) => waitUntilSearchable(call, id, options),
  };
}
