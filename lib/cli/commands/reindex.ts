import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { IndexJson } from '../../api/tenant-index/schema.ts';
import { visibleJson } from '../../domain/visible-text.ts';
import { callApi, type Locate } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { CommandError } from '../terminal/command-error.ts';
import { counted } from '../terminal/counted.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';
import { showProgress } from '../terminal/progress.ts';

interface Options extends ConnectionOptions {
  readonly wait?: true;
  readonly status?: true;
  readonly json?: true;
}

const POLL_MS = 500;

/** `gloss reindex`: a tenant's index made again from its records and glosses. */
export const reindexCommand = withConnection(
  new Command('reindex')
    .description("make a tenant's whole index again from its images' words, with an operator key")
    .argument('<tenant>')
    .option('--wait', 'until the new index has taken the place of the old one')
    .addOption(new Option('--status', 'begin nothing; say how far it is').conflicts('wait')),
).action(async (tenant: string, options: Options) => {
  const locate: Locate = () => connect(options, process.env, 'operator');
  const path = `/v1/tenants/${encodeURIComponent(tenant)}/index`;
  const begun = options.status
    ? await callApi(locate, path, IndexJson)
    : await callApi(locate, `${path}/rebuild`, IndexJson, undefined, 'POST');
  const state = options.wait && begun.rebuild ? await waitFor(locate, path, begun) : begun;
  print(options.json ? visibleJson(state) : lineOf(state));
});

/** Asks until the rebuild is over, and shows how far it is. */
async function waitFor(locate: Locate, path: string, begun: IndexJson): Promise<IndexJson> {
  const { id, total } = begun.rebuild!;
  const progress = showProgress();
  progress.phase('images', total);
  try {
    for (let state = begun; ; state = await callApi(locate, path, IndexJson)) {
      if (state.rebuild?.id !== id) {
        if (state.rebuilt === id) return state;
        throw new CommandError('rebuild_lost', 'the new index is gone before it was done: begin again');
      }
      progress.update(state.rebuild.done);
      await sleep(POLL_MS);
    }
  } finally {
    progress.stop();
  }
}

function lineOf({ tenant, documents, segments, stale, rebuild, leftOut }: IndexJson): string {
  const without =
    leftOut === undefined
      ? ''
      : `, without ${counted(leftOut, 'image')} whose record or words are lost or damaged: "gloss check ${tenant}" names them`;
  const index = `${tenant}  ${counted(documents, 'document')} in ${counted(segments, 'segment')}${stale ? ', of an older analyser' : ''}${without}`;
  return rebuild
    ? `${index}; made again since ${rebuild.startedAt}: ${rebuild.done} of ${rebuild.total} images`
    : index;
}
