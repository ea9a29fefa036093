import { join } from 'node:path';
import { RemovalPolicy, type Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  Tracing,
  type CfnFunction,
} from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat, type BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { TenantRole } from './tenant-role.ts';

/** Of what functions count themselves. */
export const METRICS_NAMESPACE = 'Gloss';
const PROJECT = join(import.meta.dirname, '..');

interface GlossFunctionProps {
  readonly description: string;
  readonly memoryMb: number;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  /** What the bundle holds beside the code. */
  readonly extra?: 'picture decoder' | 'web';
  /** False for a function that has to do with no tenant's data: it gets no role to reach it. */
  readonly forTenants?: false;
  /** True for a function that feeds its own queue and knows when to stop. */
  readonly recursive?: boolean;
}

/**
 * `<Name>Function`, bundled from functions/<name>.ts, with a role and a log group of its own. The role starts with the
 * right to log and to trace; everything else is granted where the function is wired, to this role or, for the data of
 * tenants, to the one that it takes on for each of them.
 */
export class GlossFunction extends NodejsFunction {
  readonly #tenantRole: TenantRole | undefined;
  readonly #nameVariable: string;
  /** What it counts and logs under. */
  readonly serviceName: string;

  constructor(scope: Construct, name: string, props: GlossFunctionProps) {
    const id = `${name}Function`;
    const entry = `functions/${name.toLowerCase()}.ts`;
    const serviceName = `gloss-${name.toLowerCase()}`;
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    const tenantRole =
      props.forTenants === false ? undefined : new TenantRole(scope, `${name}TenantRole`, { usedBy: role });
    super(scope, id, {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: props.timeout,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      ...(props.recursive ? { recursiveLoop: RecursiveLoop.ALLOW } : {}),
      environment: {
        ...props.environment,
        ...(tenantRole && { TENANT_ROLE_ARN: tenantRole.roleArn }),
        POWERTOOLS_SERVICE_NAME: serviceName,
        POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
        NODE_OPTIONS: '--enable-source-maps',
      },
      // A setting of version 2 of the AWS SDK.
      awsSdkConnectionReuse: false,
      entry: join(PROJECT, entry),
      projectRoot: PROJECT,
      depsLockFilePath: join(PROJECT, 'package-lock.json'),
      bundling: bundling(props.extra),
    });
    this.#tenantRole = tenantRole;
    this.serviceName = serviceName;
    (this.node.defaultChild as CfnFunction).addMetadata('gloss:entry', entry);
    this.#nameVariable = `${name.toUpperCase()}_FUNCTION`;
  }

  /** What it takes on to reach a tenant's data. @throws Error for a function that is for no tenant's data */
  get tenantRole(): TenantRole {
    if (!this.#tenantRole) throw new Error(`${this.node.id} has no role for tenants' data`);
    return this.#tenantRole;
  }

  /** Lets another function call this one and wait for its answer; it finds the name in `<NAME>_FUNCTION`. */
  grantCall(caller: GlossFunction): void {
    caller.addEnvironment(this.#nameVariable, this.functionName);
    caller.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.functionArn] }),
    );
  }
}

/** CommonJS packages inside a bundle call require() for Node's own modules. */
const BANNER =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** One minified ES module, AWS SDK included: what was tested is what runs, and a cold start reads a single file. */
function bundling(extra: GlossFunctionProps['extra']): BundlingOptions {
  return {
    format: OutputFormat.ESM,
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    sourceMap: true,
    sourcesContent: false,
    bundleAwsSDK: true,
    externalModules: [],
    banner: BANNER,
    logLevel: LogLevel.WARNING,
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (projectDir, outputDir) => [
        copyLexicon(projectDir, outputDir),
        ...commandsFor(extra, projectDir, outputDir),
      ],
    },
  };
}

/** A bundle that analyses texts reads the tables of words beside it; their licences go along. */
function copyLexicon(projectDir: string, outputDir: string): string {
  const files = [
    'english.bin',
    'LICENSE-wordnet.txt',
    'background.bin',
    'LICENSE-coco-captions.txt',
    'forms',
  ].map((name) => `"${join(projectDir, 'lib/lexicon', name)}"`);
  return `if grep -q english.bin "${join(outputDir, 'index.mjs')}"; then cp -R ${files.join(' ')} "${outputDir}"; fi`;
}

function commandsFor(extra: GlossFunctionProps['extra'], projectDir: string, outputDir: string): string[] {
  switch (extra) {
    case 'picture decoder':
      return [
        bundleChild(projectDir, outputDir),
        `"${process.execPath}" "${join(projectDir, 'infra/lambda-sharp.ts')}" "${outputDir}"`,
      ];
    case 'web':
      return [`cp -R "${join(projectDir, 'lib/web')}" "${join(outputDir, 'web')}"`];
    case undefined:
      return [];
  }
}

/** The process that the Decode function starts is a module of its own; sharp, which is native, stays outside. */
function bundleChild(projectDir: string, outputDir: string): string {
  const options = [
    '--bundle --minify --platform=node --format=esm --target=node24 --external:sharp --log-level=warning',
    `"--banner:js=${BANNER}"`,
    `"--outfile=${join(outputDir, 'decode-child.mjs')}"`,
  ];
  return `"${join(projectDir, 'node_modules/.bin/esbuild')}" "${join(projectDir, 'functions/decode-child.ts')}" ${options.join(' ')}`;
}
