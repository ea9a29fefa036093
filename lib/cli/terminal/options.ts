import { InvalidArgumentError, Option, type Command } from 'commander';

/** Where the embedded stack keeps everything. */
export const dataOption = () => new Option('--data <dir>', 'folder of the embedded stack').default('.gloss');

/** The options of a command that talks to a service. */
export function withConnection(command: Command): Command {
  return command
    .option(
      '--endpoint <url>',
      'address of the service (or GLOSS_ENDPOINT); default: the running embedded stack',
    )
    .option('--key <key>', 'its API key (or GLOSS_KEY)')
    .addOption(dataOption())
    .option('--json', 'print one JSON object on stdout');
}

/** A parser of numbers in a range, for an option. */
export function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(`write a number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** A parser of whole numbers in a range, for an option. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`write a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}
