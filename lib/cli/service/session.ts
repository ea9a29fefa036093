import type { z } from 'zod';
import type { Answer } from '../../api/answer.ts';
import { ImagesPage } from '../../api/images/image.ts';
import { callApi, type Locate } from './client.ts';
import { connect, type ConnectionOptions } from './connect.ts';
import { Patience } from './patience.ts';
import { showProgress } from '../terminal/progress.ts';
import type { Progress } from '../../lab/progress.ts';

/** What a command that works for a while holds on to: how to find the service, patience with it, and progress. */
export interface ApiSession {
  readonly locate: Locate;
  readonly patience: Patience;
  readonly progress: Progress;
}

const PATIENCE_MS = 120_000;

/** Opens a session, once the service has answered: a wrong address or key is told at once, without patience. */
export async function openSession(options: ConnectionOptions): Promise<ApiSession> {
  const locate = () => connect(options);
  await callApi(locate, '/v1/images?limit=1', ImagesPage);
  const progress = showProgress();
  const patience = new Patience(PATIENCE_MS, (reason) => {
    progress.note(`waiting for the service: ${reason}`);
  });
  return { locate, patience, progress };
}

/** Asks the API with the session's patience. Only for requests that may come twice. */
export function ask<Schema extends z.ZodType>(
  session: ApiSession,
  path: string,
  answer: Schema,
  body: unknown,
): Promise<Answer<Schema>> {
  return session.patience.keepTrying(() => callApi(session.locate, path, answer, body));
}
