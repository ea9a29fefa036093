import type { CropPolicy } from '../domain/tenant.ts';
import { viewsOf } from '../vision/crop-policy.ts';

/** Measured over 145 photos of everyday life, which are busy. docs/relevance.md, Photos */
const ADAPTIVE_VIEWS = 4.5;

/** Views of a photo of 12 megapixels, 4:3: the whole and its crops. */
export const viewsOfPhoto = (policy: CropPolicy): number =>
  policy === 'adaptive' ? ADAPTIVE_VIEWS : viewsOf(policy, 4_000, 3_000).length;
