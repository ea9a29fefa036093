import { claimsOf, LOWEST_SCORE } from './claims.ts';
import { readClassTree } from './class-tree.ts';
import { dominantColours } from './colours.ts';
import { ConverseError, imagesOf, type ConverseModel, type ConverseRequest } from './converse-protocol.ts';
import { describeSight } from './describe-sight.ts';
import type { Networks } from './networks.ts';
import { readView } from './read-view.ts';

/** What the embedded model says of itself, in each reply and in the log. */
export const EMBEDDED_NOTICE =
  'I am an object detector for 80 everyday classes, a classifier for 1,000, and no captioner: these words are what I detected.';

/** What callers say of the picture in a request's metadata: `whole`, as which it is taken without it, or `crop`. */
const SHOWN_KEY = 'view';

/** Stated estimates, for the sake of figures of cost: four characters a token, and a flat sum for a picture. */
const CHARS_PER_TOKEN = 4;
const TOKENS_PER_IMAGE = 230;

/** Answers with classes and colours, in those fields of the tool that it knows; the words of the prompt are not read. */
export function embeddedModel(networks: Networks): ConverseModel {
  const tree = readClassTree();
  return async (request) => {
    const [image, ...others] = imagesOf(request.messages);
    if (!image || others.length > 0) {
      throw new ConverseError(
        'ValidationException',
        'the embedded model looks at exactly one image a request',
      );
    }
    const view = await readView(image);
    const sight = await networks.look(view, LOWEST_SCORE);
    const shown = request.requestMetadata[SHOWN_KEY] === 'crop' ? 'crop' : 'whole';
    const words = describeSight(claimsOf(sight, shown, tree), dominantColours(view.forColours));
    const known = request.tool?.inputSchema.json.properties ?? words;
    const fields = Object.fromEntries(Object.entries(words).filter(([field]) => field in known));
    const json = JSON.stringify(fields);
    return {
      // Without a tool it is asked for JSON.
      ...(request.tool
        ? { text: EMBEDDED_NOTICE, toolInput: fields }
        : { text: `${EMBEDDED_NOTICE}\n${json}` }),
      usage: { inputTokens: inputTokens(request), outputTokens: tokens(EMBEDDED_NOTICE + json) },
    };
  };
}

function inputTokens({ messages, system, tool }: ConverseRequest): number {
  const texts = [...messages.flatMap(({ content }) => content), ...system].map((block) =>
    'text' in block ? block.text : '',
  );
  return TOKENS_PER_IMAGE + tokens(texts.join('\n') + (tool ? JSON.stringify(tool) : ''));
}

function tokens(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN);
}
