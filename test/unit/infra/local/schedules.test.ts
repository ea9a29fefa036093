import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSchedules } from '../../../../infra/local/schedules.ts';
import { eventually } from '../../../support/eventually.ts';

const HOUR_MS = 3_600_000;
const schedules = [
  { name: 'Often', everyMs: HOUR_MS, queueUrl: 'q', message: 'often' },
  { name: 'Seldom', everyMs: 24 * HOUR_MS, queueUrl: 'q', message: 'seldom' },
];

let dir: string;
let nowMs: number;
let sent: string[];
let isDown: boolean;
let clockReads = 0;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gloss-schedules-'));
  nowMs = 1_000;
  sent = [];
  isDown = false;
});
afterEach(() => rm(dir, { recursive: true }));

const start = () =>
  startSchedules({
    schedules,
    statePath: join(dir, 'schedules.json'),
    send(_queueUrl, message) {
      if (isDown) return Promise.reject(new Error('nobody is there'));
      sent.push(message);
      return Promise.resolve();
    },
    log: () => undefined,
    nowMs() {
      clockReads += 1;
      return nowMs;
    },
    lookEveryMs: 5,
  });
/** Waits until every schedule has been looked at a few times. */
const look = () => {
  const enough = clockReads + 4 * schedules.length;
  return eventually(() => expect(clockReads).toBeGreaterThanOrEqual(enough));
};
/** Waits until so much was sent, and a little for more. */
const expectSent = async (...messages: string[]) => {
  await eventually(() => expect(sent.length).toBeGreaterThanOrEqual(messages.length));
  await look();
  expect(sent).toEqual(messages);
};

test('each comes once a period, first one period after it was made', async () => {
  const running = await start();
  await look();
  expect(sent).toEqual([]);
  nowMs += HOUR_MS;
  await expectSent('often');
  nowMs += 23 * HOUR_MS;
  await expectSent('often', 'often', 'seldom');
  await running.close();
});

test('what came due while the stack was down comes once when it is up again', async () => {
  await (await start()).close();
  nowMs += 5 * HOUR_MS;
  const again = await start();
  await expectSent('often');
  await again.close();
});

test('what could not be sent is due still', async () => {
  const running = await start();
  isDown = true;
  nowMs += HOUR_MS;
  await look();
  isDown = false;
  await expectSent('often');
  await running.close();
});
