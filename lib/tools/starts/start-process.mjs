/**
 * A function from its cold start on, as Lambda runs it: `node start-process.mjs MODULE [EVENT]` loads the module, has it answer the event of a
 * file, if one is given, and prints the milliseconds of CPU that the whole process has taken by then, as JSON. It is JavaScript, so
 * that no compiler is loaded beside what is measured.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [module, eventFile] = process.argv.slice(2);
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

const { handler } = await import(pathToFileURL(module).href);
const taken = { startMs: cpuMs() };
if (eventFile !== undefined) {
  const answer = await handler(JSON.parse(readFileSync(eventFile, 'utf8')), {
    getRemainingTimeInMillis: () => 20_000,
  });
  if (answer.statusCode !== 200) throw new Error(JSON.stringify(answer));
  taken.answeredMs = cpuMs();
}
process.stdout.write(JSON.stringify(taken));
process.exit(0);
