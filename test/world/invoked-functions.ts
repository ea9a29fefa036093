import { createHash } from 'node:crypto';
import { FunctionFailed } from '../../infra/local/function-host.ts';
import { DecodeAnswer, DecodeRequest, refusal } from '../../lib/adapters/decode-protocol.ts';
import { fetchPicture } from '../../lib/adapters/fetch-picture.ts';
import { decodeWithSharp } from '../../lib/adapters/sharp-decode.ts';
import { GlossError } from '../../lib/domain/errors.ts';
import { sha256Of } from '../../lib/domain/sha256.ts';
import { startSegments } from './functions.ts';
import type { Invoked } from './lambda-server.ts';
import { Process } from './process.ts';
import type { World } from './world.ts';

/** A function of a world that another one calls; undefined where there is none of this name. */
export function invokedFunction(world: World, name: string): Invoked | undefined {
  const fn = world.topology.functions.find((one) => one.name === name);
  switch (fn?.entry) {
    case 'functions/decode.ts':
      return (event) =>
        inProcess(new Process(world, 'decode'), () => decode(event, fn.environment['PICTURE_ORIGIN']!));
    case 'functions/segments.ts':
      return (event) => {
        const { process, handler } = startSegments(world);
        return inProcess(process, () => handler(event));
      };
    case undefined:
    default:
      return undefined;
  }
}

/** How it ends, as Lambda says it. */
async function inProcess(process: Process, handle: () => Promise<unknown>): Promise<unknown> {
  const answer = await process.run(handle).catch((error: unknown) => {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    throw new FunctionFailed(message, name, message);
  });
  if (answer === 'died') throw new FunctionFailed('it died', 'Runtime.ExitError', 'the process ended');
  return answer;
}

/** functions/decode.ts, without the process that it decodes in. */
async function decode(event: unknown, origin: string): Promise<DecodeAnswer> {
  const { url, wish } = DecodeRequest.parse(event);
  try {
    const signal = new AbortController().signal;
    const bytes = await fetchPicture(url, { origin, maxBytes: wish.maxBytes, signal });
    return await decodeOnce(bytes, wish);
  } catch (error) {
    if (!(error instanceof GlossError)) throw error;
    return refusal(error);
  }
}

/** Answers by picture and wish, in all worlds: decoding takes real time. */
const decoded = new Map<string, Promise<DecodeAnswer>>();

function decodeOnce(bytes: Uint8Array, wish: DecodeRequest['wish']): Promise<DecodeAnswer> {
  const name = createHash('sha256').update(bytes).update(JSON.stringify(wish)).digest('hex');
  const before = decoded.get(name);
  if (before) return before;
  const answer = decodeHere(bytes, wish);
  decoded.set(name, answer);
  return answer;
}

async function decodeHere(bytes: Uint8Array, wish: DecodeRequest['wish']): Promise<DecodeAnswer> {
  const { facts, views, written } = await decodeWithSharp(bytes, wish);
  const base64 = (picture: Uint8Array) => Buffer.from(picture).toString('base64');
  return DecodeAnswer.parse({
    facts,
    written,
    views: views.map(({ view, picture, thumbnail }) => ({
      view,
      picture: base64(picture),
      thumbnail: base64(thumbnail),
    })),
    sha256: sha256Of(bytes),
  });
}
