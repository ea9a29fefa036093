import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { S3Event, SQSEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

describe('sample triggers', () => {
  const triggers = readdirSync(at('events/')).filter((name) => name.startsWith('s3-'));

  test.each(triggers)('%s holds intact messages', (name) => {
    for (const { body, md5OfBody } of messages(name)) {
      expect(createHash('md5').update(body).digest('hex')).toBe(md5OfBody);
      expect(JSON.parse(body)).toBeTypeOf('object');
    }
  });

  test('the duplicate is the same notification in another message', () => {
    const [first] = messages('s3-created.json');
    const [again] = messages('s3-created-duplicate.json');
    expect(again!.body).toBe(first!.body);
    expect(again!.messageId).not.toBe(first!.messageId);
  });

  test('out of order, the removal with the later sequencer comes first', () => {
    const [removed, created] = notifications('s3-created-out-of-order.json');
    expect(removed!.eventName).toBe('ObjectRemoved:Delete');
    expect(created!.eventName).toBe('ObjectCreated:Put');
    expect(removed!.s3.object.key).toBe(created!.s3.object.key);
    expect(removed!.s3.object.sequencer > created!.s3.object.sequencer).toBe(true);
  });

  test('a created photo is the sample of its name', () => {
    const [{ s3 }] = notifications('s3-created.json') as [S3Event['Records'][0]];
    const bytes = readFileSync(at(`test/fixtures/samples/${s3.object.key.replace('uploads/acme/', '')}`));
    expect(s3.object).toMatchObject({
      size: bytes.length,
      eTag: createHash('md5').update(bytes).digest('hex'),
    });
  });

  test('the odd key is form-encoded', () => {
    const [{ s3 }] = notifications('s3-created-odd-key.json') as [S3Event['Records'][0]];
    const decoded = new URLSearchParams(`key=${s3.object.key}`).get('key');
    expect(decoded).toBe('uploads/acme/Käse + Öl/100% 猫 & Tee (1).jpg');
  });
});

function messages(name: string): SQSEvent['Records'] {
  return (JSON.parse(readFileSync(at(`events/${name}`), 'utf8')) as SQSEvent).Records;
}

function notifications(name: string): S3Event['Records'] {
  return messages(name).flatMap(({ body }) => (JSON.parse(body) as S3Event).Records);
}
