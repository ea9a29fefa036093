import { App } from 'aws-cdk-lib';
import { GlossStack } from './gloss-stack.ts';
import { readSettings, type StageSettings } from './settings.ts';
import type { Stage } from './stages.ts';

interface SynthesisOptions {
  /** Folder for the cloud assembly, made if missing. */
  readonly outdir: string;
  /** False leaves the code of the functions out: for readers of the template, who get it within a second. */
  readonly bundle: boolean;
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

/** Writes the cloud assembly of a stack `Gloss` into `outdir` and returns its template; needs neither network nor account. */
export function synthesize(
  options: SynthesisOptions & { readonly settings?: StageSettings },
): SynthesizedTemplate {
  const name = 'Gloss';
  return synthesizeStages([{ name, settings: readSettings(options.settings ?? {}, name) }], options)[name]!;
}

/** The same of several stages, a stack each. @returns their templates by their names */
export function synthesizeStages(
  stages: readonly Stage[],
  { outdir, bundle }: SynthesisOptions,
): Record<string, SynthesizedTemplate> {
  const app = new App({
    outdir,
    ...(bundle ? {} : { postCliContext: { 'aws:cdk:bundling-stacks': [] } }),
    // CDK's linter of templates takes a second and 300 MB; what gets deployed is always linted.
    builtinCloudFormationValidation: bundle,
    analyticsReporting: false,
    treeMetadata: false,
  });
  refuseContext(app);
  for (const { name, settings } of stages) new GlossStack(app, name, settings);
  const assembly = app.synth();
  return Object.fromEntries(
    stages.map(({ name }) => [name, assembly.getStackByName(name).template as SynthesizedTemplate]),
  );
}

/** Settings given by `-c` would be gone with the next deployment that does not repeat them. */
function refuseContext({ node }: App): void {
  const given = ['modelId', 'cropPolicy', 'alarmEmail', 'eventBus', 'oidcIssuer', 'oidcAudience'].find(
    (key) => node.tryGetContext(key) !== undefined,
  );
  if (given !== undefined)
    throw new Error(
      `-c ${given}: settings stand in infra/stages.json (docs/deployment.md), where no deployment forgets them`,
    );
}
