import { synthesize } from './synthesize.ts';

synthesize({ outdir: process.env.CDK_OUTDIR ?? 'cdk.out', bundle: true });
