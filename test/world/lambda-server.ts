import { createHash } from 'node:crypto';
import { ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { DecodeAnswer, DecodeRequest, refusal } from '../../lib/adapters/decode-protocol.ts';
import { decodeWithSharp } from '../../lib/adapters/sharp-decode.ts';
import { GlossError } from '../../lib/domain/errors.ts';
import type { World } from './world.ts';

export interface InvokeInput {
  readonly FunctionName?: string;
  readonly Payload?: Uint8Array | string;
}

/** Answers by picture and wish, in all worlds: a picture is decoded once. */
const decoded = new Map<string, Promise<string>>();

/** Lambda's Invoke of the function that decodes, without its process: it reads the object that the signed address names. */
export async function decodeLikeLambda(world: World, { FunctionName, Payload = '{}' }: InvokeInput) {
  const fn = world.topology.functions.find(({ name }) => name === FunctionName);
  if (fn?.entry !== 'functions/decode.ts')
    throw new ResourceNotFoundException({
      message: `Function not found: ${FunctionName ?? ''}`,
      $metadata: { httpStatusCode: 404 },
    });
  const { url, wish } = DecodeRequest.parse(JSON.parse(Buffer.from(Payload).toString()));
  const Key = decodeURIComponent(new URL(url).pathname.slice(1));
  const bytes = world.s3.versions(world.topology.buckets[0]!.name).get(Key)?.at(-1);
  const text =
    bytes && !bytes.isMarker
      ? await decodeOnce(bytes.bytes, wish)
      : JSON.stringify(refusal(new GlossError('not_found', 'object_not_found', 'there is no such object')));
  return { StatusCode: 200, Payload: { transformToString: () => text } };
}

function decodeOnce(bytes: Uint8Array, wish: DecodeRequest['wish']): Promise<string> {
  const name = createHash('sha256').update(bytes).update(JSON.stringify(wish)).digest('hex');
  const before = decoded.get(name);
  if (before) return before;
  const answer = decode(bytes, wish);
  decoded.set(name, answer);
  return answer;
}

async function decode(bytes: Uint8Array, wish: DecodeRequest['wish']): Promise<string> {
  try {
    const { facts, views } = await decodeWithSharp(bytes, wish);
    const base64 = (picture: Uint8Array) => Buffer.from(picture).toString('base64');
    const shown = views.map(({ view, picture, thumbnail }) => ({
      view,
      picture: base64(picture),
      thumbnail: base64(thumbnail),
    }));
    return JSON.stringify(DecodeAnswer.parse({ facts, views: shown }));
  } catch (error) {
    if (!(error instanceof GlossError)) throw error;
    return JSON.stringify(refusal(error));
  }
}
