import { Command, InvalidArgumentError } from 'commander';
import { KeysAnswer, NewKey, RotatedKey, type Key } from '../../api/keys/schema.ts';
import { SCOPES } from '../../domain/credential.ts';
import { callApi, callForNothing, type Locate } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { wholeNumber, withConnection } from '../terminal/options.ts';
import { momentText } from '../terminal/moment.ts';
import { print } from '../terminal/print.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';

interface Options extends ConnectionOptions {
  readonly tenant?: string;
  readonly json?: true;
}

/** `gloss keys`: API keys of a tenant, managed by the operator or by a key of the tenant that has the scope admin. */
export const keysCommand = new Command('keys').description('make, list, rotate and revoke API keys');

const verb = (name: string, description: string): Command =>
  withConnection(
    keysCommand
      .command(name)
      .description(description)
      .option('--tenant <tenant>', 'as the operator, for this tenant; without it, for the tenant of the key'),
  );

const located = (options: Options): Locate => {
  return () => connect(options, process.env, options.tenant === undefined ? 'tenant' : 'operator');
};
const pathOf = ({ tenant }: Options): string =>
  tenant === undefined ? '/v1/keys' : `/v1/tenants/${encodeURIComponent(tenant)}/keys`;

verb('create', 'make a key; it is shown this once')
  .option('--name <name>', 'what it is for')
  .option('--scopes <list>', `of ${SCOPES.join(', ')}, with commas; all by default`, parseScopes)
  .option('--expires-in-sec <n>', 'when it ends; never by default', wholeNumber(1, 316_224_000))
  .action(
    async (
      options: Options & {
        readonly name?: string;
        readonly scopes?: string[];
        readonly expiresInSec?: number;
      },
    ) => {
      const { name, scopes, expiresInSec } = options;
      const body = {
        ...(name !== undefined && { name }),
        ...(scopes && { scopes }),
        ...(expiresInSec !== undefined && { expiresInSec }),
      };
      const made = await callApi(located(options), pathOf(options), NewKey, body);
      print(options.json ? visibleJson(made) : made.key);
    },
  );

verb('list', 'all keys, without the keys themselves').action(async (options: Options) => {
  const { keys } = await callApi(located(options), pathOf(options), KeysAnswer);
  if (options.json) print(visibleJson({ keys }));
  else if (keys.length === 0) print('no keys');
  else for (const key of keys) print(lineOf(key, Date.now()));
});

verb('rotate', 'make a new key beside an old one, which stays valid for a while')
  .argument('<id>', 'of the old key')
  .option('--overlap-sec <n>', 'how long both are valid', wholeNumber(0, 2_592_000), 86_400)
  .option(
    '--expires-in-sec <n>',
    'when the new one ends; by default as long as the old one was made for',
    wholeNumber(1, 316_224_000),
  )
  .action(
    async (
      id: string,
      options: Options & { readonly overlapSec: number; readonly expiresInSec?: number },
    ) => {
      const { overlapSec, expiresInSec } = options;
      const body = { overlapSec, ...(expiresInSec !== undefined && { expiresInSec }) };
      const path = `${pathOf(options)}/${encodeURIComponent(id)}/rotation`;
      const made = await callApi(located(options), path, RotatedKey, body);
      print(options.json ? visibleJson(made) : made.key);
    },
  );

verb('revoke', 'end a key at once')
  .argument('<id>')
  .action(async (id: string, options: Options) => {
    const path = `${pathOf(options)}/${encodeURIComponent(id)}`;
    await callForNothing(located(options), path, 'DELETE');
    print(options.json ? visibleJson({ id, revoked: true }) : `${id} opens nothing any more`);
  });

function lineOf({ id, name, scopes, expiresAt, lastUsedAt }: Key, nowMs: number): string {
  const verb = expiresAt !== undefined && Date.parse(expiresAt) <= nowMs ? 'expired' : 'expires';
  const end = expiresAt === undefined ? 'does not expire' : `${verb} ${momentText(expiresAt)}`;
  const used = lastUsedAt === undefined ? 'never used' : `last used ${momentText(lastUsedAt)}`;
  return [id, scopes.join(','), end, used, visibleText(name)].join('  ').trimEnd();
}

function parseScopes(text: string): string[] {
  const scopes = text.split(',');
  const unknown = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`"${unknown}" is no scope: use ${SCOPES.join(', ')}.`);
  }
  return scopes;
}
