import { App } from 'aws-cdk-lib';
import { GlossStack } from './gloss-stack.ts';

interface SynthesisOptions {
  /** Folder for the cloud assembly, made if missing. */
  readonly outdir: string;
  /** False leaves the code of the functions out: for readers of the template, who get it within a second. */
  readonly bundle: boolean;
  /** CDK context: the settings of infra/settings.ts. What the CDK CLI passes with `-c` wins over it. */
  readonly context?: Readonly<Record<string, string>>;
}

/** A CloudFormation template, as far as every template is alike. */
export interface SynthesizedTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** Writes the cloud assembly of Gloss into `outdir` and returns its template; needs neither network nor account. */
export function synthesize({ outdir, bundle, context = {} }: SynthesisOptions): SynthesizedTemplate {
  const app = new App({
    outdir,
    context,
    ...(bundle ? {} : { postCliContext: { 'aws:cdk:bundling-stacks': [] } }),
    // CDK's linter of templates takes a second and 300 MB; what gets deployed is always linted.
    builtinCloudFormationValidation: bundle,
    analyticsReporting: false,
    treeMetadata: false,
  });
  const stack = new GlossStack(app, 'Gloss');
  return app.synth().getStackByName(stack.stackName).template as SynthesizedTemplate;
}
