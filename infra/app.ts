import { synthesizeStages } from './synthesize.ts';
import { readStages, STAGES_FILE } from './stages.ts';

synthesizeStages(readStages(process.env.GLOSS_STAGES ?? STAGES_FILE), {
  outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
  bundle: true,
});
