import { Command } from 'commander';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ForwardTo } from '../../../infra/local/bedrock/openai-forwarder.ts';
import { startLocalStack, type LocalStack } from '../../../infra/local/local-stack.ts';
import { parseTenantId } from '../../domain/ids.ts';
import { addSamples } from '../service/add-samples.ts';
import { findLocalModels, type LocalModel } from '../service/local-models.ts';
import { tryModel } from '../service/try-model.ts';
import { CommandError } from '../terminal/command-error.ts';
import { onInterrupt } from '../terminal/on-interrupt.ts';
import { localKey, localOperatorKey } from '../service/local-key.ts';
import { dataOption, wholeNumber } from '../terminal/options.ts';
import { writeTenantsEnvironment } from '../service/tenant-keys.ts';
import { print, tell } from '../terminal/print.ts';

interface UpOptions {
  readonly port: number;
  readonly data: string;
  readonly sample?: true;
  readonly reset?: true;
  readonly forward?: string;
  readonly forwardModel?: string;
}

const LOCAL_TENANT = parseTenantId('demo');
const CLOSE_LIMIT_MS = 5_000;

/** `gloss up`: the whole service on this machine, until Ctrl-C. */
export const upCommand = new Command('up')
  .description('run the whole service on this machine until Ctrl-C; data survives a restart')
  .option('--port <n>', 'port of the page and the API; 0 takes a free one', wholeNumber(0, 65_535), 8080)
  .addOption(dataOption())
  .option('--sample', 'add the sample photos')
  .option('--reset', 'delete all data of the folder first')
  .option(
    '--forward <url>',
    'ask an OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1, instead of the embedded model; its key in GLOSS_FORWARD_KEY',
  )
  .option('--forward-model <name>', 'the model to ask there')
  .action(async (options: UpOptions) => {
    const interrupted = onInterrupt();
    let isUp = false;
    void interrupted.then(() => {
      if (!isUp) process.exit(130); // nothing to close yet
    });
    const forwarded = forwardTo(options);
    if (forwarded) await tellTrial(forwarded);
    const locals = forwarded ? Promise.resolve([]) : findLocalModels(); // meanwhile the stack starts
    const stack = await start(options, forwarded);
    isUp = true;
    try {
      await Promise.race([serve(stack, options, locals), interrupted]);
      await interrupted;
      tell('closing');
    } finally {
      await Promise.race([stack.close(), sleep(CLOSE_LIMIT_MS)]);
    }
    process.exit(); // an upload of the samples may still be under way
  });

/** Before anything starts, so that what is wrong is not found out by the first picture. */
async function tellTrial(forwarded: ForwardTo): Promise<void> {
  tell(
    `asking ${forwarded.model} at ${forwarded.baseUrl} about a red picture; one that has to be loaded takes a while`,
  );
  const { words, sees } = await tryModel(forwarded);
  const said = `"${words.caption || words.tags.join(', ')}"`;
  tell(
    sees ? `it says ${said}` : `it says ${said}, and nothing of red: does ${forwarded.model} see pictures?`,
  );
}

function start({ port, data, reset }: UpOptions, forwarded: ForwardTo | undefined): Promise<LocalStack> {
  const say = (line: string) => tell(line);
  return startLocalStack({
    dataDir: resolve(data),
    port,
    reset: reset ?? false,
    ...(forwarded && { forwardTo: forwarded }),
    onLog: say,
    onProgress: say,
  });
}

function forwardTo({ forward, forwardModel }: UpOptions): ForwardTo | undefined {
  if (forward === undefined && forwardModel === undefined) return undefined;
  if (forward === undefined || forwardModel === undefined) {
    throw new CommandError('forward', '--forward and --forward-model belong together: pass both');
  }
  const apiKey = process.env['GLOSS_FORWARD_KEY'];
  return { baseUrl: forward, model: forwardModel, ...(apiKey && { apiKey }) };
}

async function serve(
  stack: LocalStack,
  options: UpOptions,
  locals: Promise<readonly LocalModel[]>,
): Promise<void> {
  const dataDir = resolve(options.data);
  const environment = stack.tenantsEnvironment();
  await writeTenantsEnvironment(dataDir, environment);
  const site = { dataDir, environment, apiUrl: stack.apiUrl, tenant: LOCAL_TENANT };
  const key = await localKey(site);
  await localOperatorKey(site);
  const page = `${stack.apiUrl}/#key=${key}`;
  print(welcome(page, key, options, await locals));
  if (!options.sample) return;
  try {
    await addSamples({ endpoint: stack.apiUrl, key, data: dataDir }, LOCAL_TENANT);
    print(`\nThe sample photos are searchable: ${page}`);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    tell(`gloss: ${error.message}`); // no reason to end a stack that runs
  }
}

function welcome(
  page: string,
  key: string,
  { data, forward, forwardModel }: UpOptions,
  [local]: readonly LocalModel[],
): string {
  const captions = local
    ? `${local.program} has ${local.model}. For its captions:\n\n  npx gloss up --forward ${local.baseUrl} --forward-model ${quoted(local.model)}\n`
    : 'For real captions see --forward in "gloss up --help".';
  const at = data === '.gloss' ? '' : ` --data ${data}`;
  const model = forward
    ? `Pictures are described by ${forwardModel!} at ${forward}.`
    : `The embedded model knows 1,000 classes of things, finds 80 of them in their places, and names colours. It is no captioner:\nno actions, no names. ${captions}`;
  return `
Gloss is up.

  page  ${page}
  key   ${key}

Try next, in another terminal, in this folder:

  npx gloss add ~/Pictures --wait${at}
  npx gloss search "brown dog" --explain${at}

${model}
Ctrl-C ends it; the data stays in ${data}.`;
}

/** For a shell. */
const quoted = (word: string): string =>
  /^[\w.:/@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
