import { CommandError } from '../terminal/command-error.ts';
import { readLocalKey, readRunningStack, type LocalKey } from './stack-files.ts';

/** Where the service is and who asks. */
export interface Connection {
  readonly endpoint: string;
  readonly key: string;
}

/** The options that every command which talks to a service has. */
export interface ConnectionOptions {
  readonly endpoint?: string;
  readonly key?: string;
  readonly data: string;
}

/** What a header can carry of a key or a token. */
const KEY = /^[\x21-\x7e]+$/;

/**
 * Finds the service: the options, else GLOSS_ENDPOINT and GLOSS_KEY, else the embedded stack that runs on the data
 * folder. Asked again after a lost connection, since a stack that starts again may have another port.
 * @param as whose key of the embedded stack to take when none is given
 * @throws CommandError when there is none, or no key for it.
 */
export async function connect(
  options: ConnectionOptions,
  environment: NodeJS.ProcessEnv = process.env,
  as: LocalKey = 'tenant',
): Promise<Connection> {
  const endpoint = options.endpoint ?? (environment['GLOSS_ENDPOINT'] || undefined);
  const key = options.key ?? (environment['GLOSS_KEY'] || undefined);
  if (key !== undefined && !KEY.test(key))
    throw new CommandError('no_key', 'the key has a character that none has: copy it again');
  if (endpoint !== undefined) {
    if (key === undefined)
      throw new CommandError('no_key', `pass the key for ${endpoint} by --key or GLOSS_KEY`);
    return { endpoint: parseEndpoint(endpoint), key };
  }
  const stack = await readRunningStack(options.data);
  if (!stack) {
    throw new CommandError(
      'no_service',
      `no service is named, and no stack runs on ${options.data}: pass --endpoint and --key, or set GLOSS_ENDPOINT and GLOSS_KEY. In a checkout of Gloss, "npm start" starts a stack`,
    );
  }
  const localKey = key ?? (await readLocalKey(options.data, as));
  if (localKey === undefined) {
    throw new CommandError(
      'no_key',
      `${options.data} holds no key yet: wait until "gloss up" is ready, or pass --key`,
    );
  }
  return { endpoint: stack.apiUrl, key: localKey };
}

function parseEndpoint(text: string): string {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) {
    throw new CommandError(
      'endpoint',
      `"${text}" is no address of a service: write https://... or http://...`,
    );
  }
  return text.replace(/\/+$/, '');
}
