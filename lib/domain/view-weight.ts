import type { View } from './view.ts';

/**
 * What a crop counts beside the whole picture: by the default policy it shows a quarter of it, and small views raise most false alarms
 * (docs/adr/0107-crops.md).
 */
const CROP_WEIGHT = 1 / 4;

/** What a mention in a view counts: 1 in a whole picture and in imported texts. */
export const weightOfView = ({ kind }: Pick<View, 'kind'>): number => (kind === 'crop' ? CROP_WEIGHT : 1);
