import type { Waiting } from '../../api/images/image.ts';
import { momentText } from './moment.ts';

/** Why an image waits, and until when. */
export const waitingText = ({ reason, until }: Waiting): string =>
  `waits: ${reason}; it goes on by itself, ${momentText(until)} at the latest`;
