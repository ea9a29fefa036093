/** Runs the embedded stack on the data folder named by the first argument, and says where as a line of JSON. */
import { flushCompileCache } from 'node:module';
import { startLocalStack } from '../../infra/local/local-stack.ts';

const stack = await startLocalStack({
  dataDir: process.argv[2]!,
  port: 0,
  onLog: (line) => console.error(line),
  onProgress: (line) => console.error(line),
});
console.log(JSON.stringify({ apiUrl: stack.apiUrl, environment: stack.tenantsEnvironment() }));
flushCompileCache(); // Most tests kill this process: what it compiled is kept for the next ones.
process.once('SIGTERM', () => void stack.close().then(() => process.exit(0)));
