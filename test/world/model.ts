import { createHash } from 'node:crypto';
import { ValidationException, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import {
  ConverseError,
  imagesOf,
  parseConverseRequest,
  toConverseResponse,
  type ConverseRequest,
  type ImageBlock,
} from '../../infra/local/bedrock/converse-protocol.ts';

const WORDS = [
  'harbour',
  'bicycle',
  'lantern',
  'meadow',
  'violin',
  'kettle',
  'tower',
  'otter',
  'bridge',
  'apple',
];

/** What files of a format begin with, as Latin-1. */
const BEGINNINGS: Readonly<Record<ImageBlock['image']['format'], RegExp>> = {
  jpeg: /^\xff\xd8\xff/,
  png: /^\x89PNG/,
  gif: /^GIF8/,
  webp: /^RIFF.{4}WEBP/s,
};

/**
 * A model that says the same of the same picture: words by the hash of its bytes. Requests are checked as the embedded Bedrock
 * checks them; of a picture, only how it begins.
 */
export function converse(input: ConverseCommandInput) {
  const { messages, tool } = valid(input);
  const hash = createHash('sha256').update(imagesOf(messages)[0]!.source.bytes).digest();
  const tags = [0, 1, 2].map((i) => WORDS[hash[i]! % WORDS.length]!);
  const words = { tags, caption: `a ${tags[0]!} beside a ${tags[1]!}`, visibleText: '' };
  const asked = tool?.inputSchema.json.properties ?? words;
  const toolInput = Object.fromEntries(Object.entries(words).filter(([field]) => field in asked));
  const usage = { inputTokens: 1_000 + hash[3]!, outputTokens: 50 + (hash[4]! % 16) };
  if (!tool) return toConverseResponse({ text: JSON.stringify(toolInput), usage }, '', '', 1);
  return toConverseResponse({ toolInput, usage }, tool.name, 'tooluse_of_the_world', 1);
}

function valid(input: ConverseCommandInput): ConverseRequest {
  try {
    const request = parseConverseRequest(JSON.stringify(input, blobsAsBase64));
    for (const { format, source } of imagesOf(request.messages))
      if (!BEGINNINGS[format].test(Buffer.from(source.bytes.subarray(0, 12)).toString('latin1')))
        throw new ConverseError('ValidationException', `the image is no ${format}`);
    return request;
  } catch (error) {
    if (!(error instanceof ConverseError)) throw error;
    throw new ValidationException({ message: error.message, $metadata: { httpStatusCode: error.status } });
  }
}

/** A Buffer has become something else when the replacer gets it. */
function blobsAsBase64(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const before = this[key];
  return before instanceof Uint8Array ? Buffer.from(before).toString('base64') : value;
}
