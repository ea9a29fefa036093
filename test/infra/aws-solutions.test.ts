import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { GlossStack } from '../../infra/gloss-stack.ts';
import { readSettings } from '../../infra/settings.ts';

/** The rules that AWS gives for stacks (AwsSolutions of cdk-nag), and what is not followed of them. */

interface Exception {
  readonly rule: string;
  /** Paths of the constructs that may. */
  readonly at: RegExp;
  readonly reason: string;
}

const EXCEPTIONS: readonly Exception[] = [
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    at: /^Gloss\/\w+\/\w+FunctionRole\/DefaultPolicy\/Resource$/,
    reason: 'Traces are sent to X-Ray, whose actions know no resources.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:bedrock:*::foundation-model/amazon.nova-2-lite-v1:0]',
    at: /^Gloss\/Ingest\/DescribeFunctionRole\/DefaultPolicy\/Resource$/,
    reason: 'An inference profile sends a request on to the model in the region that has room.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<Bucket.Arn>/uploads/<aws:PrincipalTag/tenant>/*]',
    at: /^Gloss\/\w+\/\w+TenantRole\/DefaultPolicy\/Resource$/,
    reason: 'A session has the pictures of one tenant, which its tag names.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<Bucket.Arn>/thumbnails/<aws:PrincipalTag/tenant>/*]',
    at: /^Gloss\/\w+\/\w+TenantRole\/DefaultPolicy\/Resource$/,
    reason: 'The same.',
  },
  {
    rule: 'AwsSolutions-S1',
    at: /^Gloss\/Ingest\/Bucket\/Resource$/,
    reason:
      'Server access logs are an object for every few requests; who must keep them has CloudTrail log data events.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    at: /^Gloss\/SearchApi\/HttpApi\/DefaultRoute\/Resource$/,
    reason: 'The function checks keys and tokens: which tenant it works for comes from them.',
  },
];

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** What the rules object to, an entry for each construct. */
function findings(add: (app: App) => void): { rule: string; path: string }[] {
  const outdir = mkdtempSync(join(tmpdir(), 'gloss-aws-solutions-'));
  try {
    const app = new App({
      outdir,
      postCliContext: { 'aws:cdk:bundling-stacks': [] },
      analyticsReporting: false,
    });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    add(app);
    // It ends with an error where rules object, and has written the report by then.
    expect(() => app.synth()).toThrow('AwsSolutions');
    const { pluginReports } = JSON.parse(
      readFileSync(join(outdir, 'validation-report.json'), 'utf8'),
    ) as Report;
    return pluginReports.flatMap(({ violations }) =>
      violations.flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, path: constructPath })),
      ),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

it('are followed but where a reason is written down, and no reason is left over', () => {
  const found = findings((app) => new GlossStack(app, 'Gloss', readSettings({}, 'Gloss')));
  const allowing = ({ rule, path }: { rule: string; path: string }) =>
    EXCEPTIONS.find((exception) => exception.rule === rule && exception.at.test(path));
  expect(found.filter((finding) => !allowing(finding))).toEqual([]);
  expect(new Set(found.map(allowing))).toEqual(new Set(EXCEPTIONS));
});
