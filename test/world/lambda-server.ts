import { createHash } from 'node:crypto';
import { ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { DecodeAnswer, DecodeRequest, refusal } from '../../lib/adapters/decode-protocol.ts';
import { decodeWithSharp } from '../../lib/adapters/sharp-decode.ts';
import { GlossError } from '../../lib/domain/errors.ts';
import { startSegments } from './functions.ts';
import type { World } from './world.ts';

export interface InvokeInput {
  readonly FunctionName?: string;
  readonly Payload?: Uint8Array | string;
}

/** Answers by picture and wish, in all worlds: a picture is decoded once. */
const decoded = new Map<string, Promise<string>>();

/** Lambda's Invoke, which waits for the answer. */
export async function invokeLikeLambda(world: World, { FunctionName, Payload = '{}' }: InvokeInput) {
  const request: unknown = JSON.parse(Buffer.from(Payload).toString());
  switch (world.topology.functions.find(({ name }) => name === FunctionName)?.entry) {
    case 'functions/decode.ts':
      return answered(await decodeLikeLambda(world, request));
    case 'functions/segments.ts': {
      const { process, handler } = startSegments(world);
      const answer = await process
        .run(async () => JSON.stringify(await handler(request)))
        .catch((error: unknown) => failed('Error', String(error)));
      if (answer === 'died') return failed('Runtime.ExitError', 'the process ended');
      return typeof answer === 'string' ? answered(answer) : answer;
    }
    case undefined:
    default:
      throw new ResourceNotFoundException({
        message: `Function not found: ${FunctionName ?? ''}`,
        $metadata: { httpStatusCode: 404 },
      });
  }
}

const answered = (text: string) => ({ StatusCode: 200, Payload: { transformToString: () => text } });
const failed = (errorType: string, errorMessage: string) => ({
  ...answered(JSON.stringify({ errorType, errorMessage })),
  FunctionError: 'Unhandled',
});

/** The function that decodes, without its process: it reads the object that the signed address names. */
async function decodeLikeLambda(world: World, request: unknown): Promise<string> {
  const { url, wish } = DecodeRequest.parse(request);
  const Key = decodeURIComponent(new URL(url).pathname.slice(1));
  const bytes = world.s3.versions(world.topology.buckets[0]!.name).get(Key)?.at(-1);
  return bytes && !bytes.isMarker
    ? decodeOnce(bytes.bytes, wish)
    : JSON.stringify(refusal(new GlossError('not_found', 'object_not_found', 'there is no such object')));
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
