import { Command } from 'commander';
import { ShownImage } from '../../api/images/image.ts';
import { UsageAnswer } from '../../api/usage/schema.ts';
import { visibleJson, visibleText } from '../../domain/visible-text.ts';
import { ApiProblem, callApi, type Locate } from '../service/client.ts';
import { connect, type ConnectionOptions } from '../service/connect.ts';
import { imageStatus } from '../service/image-status.ts';
import { withConnection } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';
import { terminalColumns } from '../terminal/shorten.ts';
import { whyOf, type Known, type Why } from '../terminal/why.ts';
import { wrap } from '../terminal/wrap.ts';

/** `gloss why`: where an image is, why, and what to do. */
export const whyCommand = withConnection(
  new Command('why')
    .description('where a picture is and why: waiting, failed, searchable or unknown; and what to do next')
    .argument('<image>', 'its name, or its id as "gloss list" prints it'),
).action(async (asked: string, options: ConnectionOptions & { readonly json?: true }) => {
  const known = await knownOf(() => connect(options), asked);
  const why = whyOf(known);
  const { status, shown } = known;
  print(options.json ? visibleJson({ ...why, image: shown ?? status }) : linesOf(why).join('\n'));
});

async function knownOf(locate: Locate, asked: string): Promise<Known> {
  const status = await imageStatus(locate, asked);
  const isThere = ['received', 'waiting', 'described', 'searchable', 'failed'].includes(status.status);
  const shown = isThere ? await shownImage(locate, status.id) : undefined;
  const usage =
    (shown?.failure ?? shown?.waiting) ? await callApi(locate, '/v1/usage', UsageAnswer) : undefined;
  return { asked, status, nowMs: Date.now(), ...(shown && { shown }), ...(usage && { usage }) };
}

/** Undefined where it went meanwhile. */
async function shownImage(locate: Locate, id: string): Promise<ShownImage | undefined> {
  try {
    return await callApi(locate, `/v1/images/${id}?index=true`, ShownImage);
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'image_not_found') return undefined;
    throw error;
  }
}

const NOTHING = 'Nothing is to be done.';

const linesOf = ({ what, facts, next }: Why): string[] =>
  [
    visibleText(what),
    ...facts.map((fact) => `  ${visibleText(fact)}`),
    ...(next.length === 0 ? [NOTHING] : ['Next:', ...next.map((step) => `  ${visibleText(step)}`)]),
  ].map((line) => wrap(line, terminalColumns(), '    '));
