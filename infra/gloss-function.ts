import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { AssetHashType, DockerImage, RemovalPolicy, type Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  Tracing,
  type CfnFunction,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { TenantRole } from './tenant-role.ts';

/** Of what functions count themselves. */
const METRICS_NAMESPACE = 'Gloss';
const PROJECT = join(import.meta.dirname, '..');

interface GlossFunctionProps {
  readonly description: string;
  readonly memoryMb: number;
  readonly timeout: Duration;
  /** Of the account's concurrent executions, kept for this function alone. */
  readonly reservedConcurrency?: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** What the bundle holds beside the code. */
  readonly extra?: 'decoder' | 'web';
  /** False for a function that has to do with no tenant's data: it gets no role to reach it. */
  readonly forTenants?: false;
  /** True for a function that feeds its own queue and knows when to stop. */
  readonly recursive?: boolean;
}

/**
 * `<Name>Function`, bundled from functions/<name>.ts (bundle.ts), with a role and a log group of its own. The role starts with the
 * right to log and to trace; everything else is granted where the function is wired, to this role or, for the data of
 * tenants, to the one that it takes on for each of them.
 */
export class GlossFunction extends Function {
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
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
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
      },
      handler: 'index.handler',
      code: bundled(entry, props.extra),
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

  /** What it counts or measures by itself (functions/shared/telemetry.ts). */
  ownMetric(metricName: string, options: MetricOptions): Metric {
    const dimensionsMap = { service: this.serviceName };
    return new Metric({ namespace: METRICS_NAMESPACE, metricName, dimensionsMap, ...options });
  }

  /** Lets another function call this one and wait for its answer; it finds the name in `<NAME>_FUNCTION`. */
  grantCall(caller: GlossFunction): void {
    caller.addEnvironment(this.#nameVariable, this.functionName);
    caller.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.functionArn] }),
    );
  }
}

/** What infra/bundle.ts makes of a function; it is named by what comes out, so that only what changed is deployed. */
function bundled(entry: string, extra: GlossFunctionProps['extra']): Code {
  const command = [join(PROJECT, 'infra/bundle.ts'), entry, ...(extra ? [extra] : [])];
  return Code.fromAsset(PROJECT, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'), // never asked: bundling here succeeds or throws
      command, // by which the CDK tells one bundle of a folder from another
      local: {
        tryBundle(outputDir) {
          execFileSync(process.execPath, [...command, outputDir], { stdio: 'inherit' });
          return true;
        },
      },
    },
  });
}
