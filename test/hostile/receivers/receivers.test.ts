import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { httpWebhooks } from '../../../lib/adapters/http-webhooks.ts';
import { GlossError } from '../../../lib/domain/errors.ts';
import { webhookSecret } from '../../../lib/domain/webhook-secrets.ts';
import { selfSigned } from '../../support/certificate.ts';
import { costOf, type Cost } from '../../support/cost-of.ts';
import { eventually } from '../../support/eventually.ts';
import { randomOf } from '../../support/random.ts';
import { behaviourOf } from './behaviours.ts';
import { startReceiver } from './receiver.ts';

/**
 * Receivers that behave badly at every level, each called as the Notify function calls it, with a shorter deadline. Nothing
 * asserts how long a call took: a call that does not end by itself ends the test.
 */

const COUNT = Number(process.env['GLOSS_HOSTILE'] ?? 120);
const SEED = Number(process.env['GLOSS_HOSTILE_SEED'] ?? 20_261_128);
const AT_ONCE = 20;
const DEADLINE_MS = 400;
/** Of one call, with the receiver, which runs in this process too; and what Notify has, with the test runner. */
const MAX_CPU_MS = 1_000;
const MAX_PEAK_MB = 512;
/** Few words that hold nothing of what the receiver sent. */
const REASON =
  /^the webhook (?:answered \d{3}|answered with too many headers|answered without an end|announces an answer and gives none|broke its answer off|broke the connection off|cannot be reached|closed the connection without an answer|did not agree on TLS|did not answer|did not answer in HTTP\/1\.1|did not answer within 0\.4 s|has no valid certificate|refused the connection)$/;

const trusted = selfSigned('localhost');
const stranger = selfSigned('localhost');
const clock = { nowMs: () => Date.now() };
const webhooks = httpWebhooks(clock, { allowLocal: true, deadlineMs: DEADLINE_MS, ca: trusted.cert });
const secrets = [webhookSecret('ab'.repeat(32))];
const MESSAGE = JSON.stringify({ type: 'webhook.test', data: {} });

async function outcomeOf(url: string, with_ = webhooks): Promise<string> {
  try {
    await with_.send({ url, secrets }, 'id', MESSAGE);
    return 'taken';
  } catch (error) {
    if (error instanceof GlossError && error.code === 'webhook_failed') return error.message;
    throw error;
  }
}

async function callOne(index: number): Promise<string> {
  const behaviour = behaviourOf(randomOf(SEED + index));
  const name = `seed ${SEED + index}: ${behaviour.name}`;
  const receiver = await startReceiver(behaviour, { trusted, stranger });
  try {
    const outcome = await outcomeOf(receiver.url);
    if (outcome === 'taken') expect(behaviour.mayTake, name).toBe(true);
    else expect(outcome, name).toMatch(REASON);
    await eventually(() => expect(receiver.open(), name).toBe(0));
    return outcome;
  } finally {
    await receiver.close();
  }
}

it(`${COUNT} receivers: every call ends, and leaves no connection open`, async () => {
  const outcomes: string[] = [];
  const costs: Cost[] = [];
  for (let start = 0; start < COUNT; start += AT_ONCE) {
    const many = Math.min(COUNT - start, AT_ONCE);
    const { value, cpuMs, peakMb } = await costOf(() =>
      Promise.all(Array.from({ length: many }, (_, i) => callOne(start + i))),
    );
    outcomes.push(...value);
    costs.push({ cpuMs: cpuMs / many, peakMb });
  }
  const worst = {
    cpuMs: Math.max(...costs.map(({ cpuMs }) => cpuMs)),
    peakMb: Math.max(...costs.map(({ peakMb }) => peakMb)),
  };
  const kinds = Map.groupBy(outcomes, (outcome) => outcome.replace(/\d{3}$/, 'so'));
  // The table is for people; that it has many rows shows that all levels were reached.
  console.log([...kinds].map(([kind, of]) => `${String(of.length).padStart(5)}  ${kind}`).join('\n'));
  console.log(`${worst.cpuMs.toFixed(0)} ms of CPU time a call and ${worst.peakMb.toFixed(0)} MB at most`);
  expect(worst.cpuMs).toBeLessThan(MAX_CPU_MS);
  expect(worst.peakMb).toBeLessThan(MAX_PEAK_MB);
  expect(kinds.size).toBeGreaterThan(Math.min(8, COUNT / 20));
  await eventually(() => expect(process.getActiveResourcesInfo()).not.toContain('TCPSocketWrap'));
});

describe('a good receiver', () => {
  it.each([
    [
      'that answers at once',
      (text: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
    ],
    ['that answers with a page of 20 KB', () => `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(20_000)}`],
    [
      'that sends 100 and 103 before',
      () => 'HTTP/1.1 100 Go on\r\n\r\nHTTP/1.1 103 Soon\r\n\r\nHTTP/1.1 204 Fine\r\n\r\n',
    ],
  ])('%s takes it, with TLS and without', async (_, answer) => {
    for (const tls of ['none', 'good'] as const) {
      const acts = [{ do: 'send', bytes: answer('ok') } as const, { do: 'end' } as const];
      const receiver = await startReceiver(
        { name: 'good', connect: 'accepts', tls, reads: true, acts, mayTake: true },
        { trusted, stranger },
      );
      expect(await outcomeOf(receiver.url)).toBe('taken');
      await eventually(() => expect(receiver.open()).toBe(0));
      await receiver.close();
    }
  });
});

it('of an endless body at most some kilobytes are read', async () => {
  const acts = [
    { do: 'send', bytes: 'HTTP/1.1 200 OK\r\n\r\n' } as const,
    { do: 'repeat', bytes: 'z'.repeat(8_192), pauseMs: 5 } as const,
  ];
  const receiver = await startReceiver(
    { name: 'endless', connect: 'accepts', tls: 'none', reads: true, acts, mayTake: true },
    { trusted, stranger },
  );
  expect(await outcomeOf(receiver.url)).toBe('taken');
  await eventually(() => expect(receiver.open()).toBe(0));
  // What the kernel had taken before the connection was destroyed is counted too.
  expect(receiver.sent()).toBeLessThan(1_000_000);
  await receiver.close();
});

it('a redirect is not followed', async () => {
  let followed = 0;
  const elsewhere = createServer((_, response) => {
    followed += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const to = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  const acts = [{ do: 'send', bytes: `HTTP/1.1 308 There\r\nlocation: ${to}\r\n\r\n` } as const];
  const receiver = await startReceiver(
    { name: 'redirect', connect: 'accepts', tls: 'none', reads: true, acts, mayTake: false },
    { trusted, stranger },
  );
  expect(await outcomeOf(receiver.url)).toBe('the webhook answered 308');
  expect(followed).toBe(0);
  await receiver.close();
  elsewhere.close();
});

it('a name that does not resolve is a failure like others', async () => {
  expect(await outcomeOf('https://nowhere.invalid/')).toMatch(
    /^the webhook (?:has a name that does not resolve|did not answer within 0\.4 s)$/,
  );
});

it('a name that leads into the own network alone is not connected to', async () => {
  const deployed = httpWebhooks(clock, { deadlineMs: DEADLINE_MS });
  expect(await outcomeOf('https://localhost/', deployed)).toMatch(
    /^the webhook (?:has a name that leads to no address on the internet|did not answer within 0\.4 s)$/,
  );
});
