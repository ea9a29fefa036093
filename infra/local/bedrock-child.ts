/** The process of the local Bedrock: starts it with the options in the first message and ends with its parent. */
import { endWithParent } from './end-with-parent.ts';
import { startBedrock, type BedrockOptions } from './bedrock/server.ts';

/** The first message to the parent that is no line of the log says where Bedrock is, or why it is not. */
export type FromBedrock =
  | { readonly type: 'log'; readonly line: string }
  | { readonly type: 'started'; readonly endpoint: string }
  | { readonly type: 'failed'; readonly message: string };

const send = (message: FromBedrock) => process.send?.(message);

endWithParent();
// Ctrl-C reaches every process of the terminal; the parent decides what becomes of it.
process.on('SIGINT', () => undefined);
process.once('message', (options: Omit<BedrockOptions, 'onLog'>) => {
  startBedrock({ ...options, onLog: (line) => send({ type: 'log', line }) }).then(
    ({ endpoint }) => send({ type: 'started', endpoint }),
    (error: unknown) =>
      send({ type: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
