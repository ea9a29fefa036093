import { Command } from 'commander';
import { visibleJson } from '../../domain/visible-text.ts';
import { readAwsEnvironment } from '../service/stack-files.ts';
import { CommandError } from '../terminal/command-error.ts';
import { dataOption } from '../terminal/options.ts';
import { print } from '../terminal/print.ts';

/** These would come before the key pair. */
const UNSET = ['AWS_PROFILE', 'AWS_SESSION_TOKEN'];

/** `gloss env`: what makes the embedded stack the AWS of a shell. */
export const envCommand = new Command('env')
  .description(
    'print what makes the embedded stack the AWS of a shell, with all rights: eval "$(gloss env)", then aws, boto3 or an SDK',
  )
  .addOption(dataOption())
  .option('--json', 'print one JSON object on stdout')
  .action(async ({ data, json }: { readonly data: string; readonly json?: true }) => {
    const variables = await readAwsEnvironment(data);
    if (!variables)
      throw new CommandError(
        'no_service',
        `no stack runs on ${data}: start one with "npm start", or name its folder by --data`,
      );
    if (json) {
      print(visibleJson(variables));
      return;
    }
    for (const [name, value] of Object.entries(variables)) print(`export ${name}=${quoted(value)}`);
    print(`unset ${UNSET.join(' ')}`);
  });

/** For a shell. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;
