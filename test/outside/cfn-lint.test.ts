import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StageSettings } from '../../infra/settings.ts';
import { synthesized } from '../infra/synthesized.ts';
import { pythonWith, withoutPython } from './outside-tools.ts';

/** The template, read by AWS's linter of templates, which knows what CloudFormation takes. */

const REQUIREMENTS = join(import.meta.dirname, 'cfn-lint/requirements.txt');
/** Rules that are not followed, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  W3005: 'CDK writes down dependencies that references state already: they change nothing',
  I1022: 'CDK joins strings by Fn::Join, which says the same as Fn::Sub',
};
const SETTINGS: StageSettings = {
  account: '123456789012',
  region: 'eu-central-1',
  tags: { team: 'photos' },
  alarmEmail: 'a@example.com',
  alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:pager',
  apiConcurrency: 50,
  eventBus: 'default',
  oidc: { issuer: 'https://issuer.example', audience: 'gloss' },
};
/** What CloudFormation would refuse: the name of the property is VisibilityTimeout. */
const WRONG = { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeOut: 30 } };

interface Finding {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  /** `Path` begins with `Resources` and the logical id. */
  readonly Location: { readonly Path: readonly string[] };
}

describe.skipIf(withoutPython)(`cfn-lint${withoutPython}`, () => {
  let folder: string;
  let program: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gloss-cfn-lint-'));
    program =
      process.env['GLOSS_CFN_LINT'] ?? join(await pythonWith(folder, `-r${REQUIREMENTS}`), 'cfn-lint');
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** The program ends with other numbers than 0 where it finds something. What is no JSON throws. */
  async function findings(template: object): Promise<readonly Finding[]> {
    const file = join(folder, 'template.json');
    await writeFile(file, JSON.stringify(template));
    const args = ['--format', 'json', '--include-checks', 'I', '--', file];
    const found = await new Promise<string>((resolve) => {
      execFile(program, args, (_, stdout) => resolve(stdout));
    });
    return JSON.parse(found) as Finding[];
  }

  it('objects to what has a reason, and to a resource that is wrong', async () => {
    const { Resources, ...rest } = synthesized(SETTINGS);
    const found = await findings({ ...rest, Resources: { ...Resources, Wrong: WRONG } });
    const excepted = found.filter(({ Rule }) => Rule.Id in EXCEPTIONS);
    expect(new Set(excepted.map(({ Rule }) => Rule.Id))).toEqual(new Set(Object.keys(EXCEPTIONS)));
    const others = found.filter((finding) => !excepted.includes(finding));
    expect(others.map(({ Message }) => Message)).toContainEqual(expect.stringContaining('VisibilityTimeOut'));
    // All of them are of that resource.
    expect(new Set(others.map(({ Location }) => Location.Path[1]))).toEqual(new Set(['Wrong']));
  });
});
