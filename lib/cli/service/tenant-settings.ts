import { Option, type Command } from 'commander';
import { LANGUAGES } from '../../domain/language.ts';
import { CROP_POLICIES, MAX_ASKS } from '../../domain/tenant.ts';
import { number, wholeNumber } from '../terminal/options.ts';

const FOREVER = 'forever';

/** Settings of a tenant as options of a command. */
export interface SettingOptions {
  readonly cropPolicy?: string;
  readonly asks?: number;
  readonly model?: string;
  readonly language?: string;
  readonly retentionDays?: number | typeof FOREVER;
  readonly readsPlace?: 'yes' | 'no';
  readonly origins?: readonly string[];
  readonly maxImages?: number;
  readonly maxBytes?: number;
  readonly requestsPerSec?: number;
  readonly burst?: number;
  readonly budget?: number;
}

export function withSettings(command: Command): Command {
  return command
    .addOption(new Option('--crop-policy <policy>', 'how pictures are cropped').choices(CROP_POLICIES))
    .option(
      '--asks <n>',
      'how often the model is asked about a whole picture; each costs a call',
      wholeNumber(1, MAX_ASKS),
    )
    .option('--model <id>', 'one of the models of the deployment')
    .addOption(
      new Option('--language <code>', 'that pictures are described and searched in').choices(LANGUAGES),
    )
    .option('--retention-days <n>', `days that pictures are kept, or "${FOREVER}"`, daysOrForever)
    .addOption(
      new Option('--reads-place <answer>', 'whether to keep where pictures were taken').choices([
        'yes',
        'no',
      ]),
    )
    .option(
      '--origins <origins...>',
      'whose pages may read answers, such as https://shop.example; "none" for none',
    )
    .option('--max-images <n>', 'images that the tenant may have', wholeNumber(0, 1e9))
    .option('--max-bytes <n>', 'bytes of originals that it may have', wholeNumber(0, 1e15))
    .option('--requests-per-sec <n>', 'requests that it may send for long', number(0.01, 10_000))
    .option('--burst <n>', 'requests that it may send at once', wholeNumber(1, 100_000))
    .option('--budget <usd>', 'dollars a month for describing its pictures', number(0, 1e6));
}

/** What the options set; undefined when they set nothing. */
export function readTenantSettings(options: SettingOptions): object | undefined {
  const limits = given({
    images: options.maxImages,
    bytes: options.maxBytes,
    requestsPerSec: options.requestsPerSec,
    burst: options.burst,
    modelUsdPerMonth: options.budget,
  });
  return given({
    cropPolicy: options.cropPolicy,
    asks: options.asks,
    model: options.model,
    language: options.language,
    retentionDays: options.retentionDays === FOREVER ? null : options.retentionDays,
    readsPlace: options.readsPlace === undefined ? undefined : options.readsPlace === 'yes',
    origins: options.origins?.filter((origin) => origin !== 'none'),
    limits,
  });
}

const days = wholeNumber(1, 36_500);
const daysOrForever = (text: string): number | typeof FOREVER => (text === FOREVER ? FOREVER : days(text));

function given(values: Readonly<Record<string, unknown>>): object | undefined {
  const there = Object.entries(values).filter(([, value]) => value !== undefined);
  return there.length === 0 ? undefined : Object.fromEntries(there);
}
