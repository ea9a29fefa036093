import { dominantColours } from './colours.ts';
import { ConverseError, imagesOf, type ConverseModel, type ConverseRequest } from './converse-protocol.ts';
import { describeDetections } from './describe-detections.ts';
import type { Detector } from './detector.ts';
import { readView } from './read-view.ts';

/** What the embedded model says of itself, in each reply and in the log. */
export const DETECTOR_NOTICE =
  'I am an object detector for 80 everyday classes and for colours, and no captioner: these words are what I detected.';

/** Stated estimates, for the sake of figures of cost: four characters a token, and a flat sum for a picture. */
const CHARS_PER_TOKEN = 4;
const TOKENS_PER_IMAGE = 230;

/** Answers with classes and colours, in those fields of the tool that it knows; the words of the prompt are not read. */
export function detectorModel(detector: Detector): ConverseModel {
  return async (request) => {
    const [image, ...others] = imagesOf(request.messages);
    if (!image || others.length > 0) {
      throw new ConverseError(
        'ValidationException',
        'the embedded detector looks at exactly one image a request',
      );
    }
    const view = await readView(image);
    const detections = await detector.detect(view.forDetector);
    const words = describeDetections(detections, dominantColours(view.forColours));
    const known = new Set(Object.keys(request.tool.inputSchema.json.properties));
    const toolInput = Object.fromEntries(Object.entries(words).filter(([field]) => known.has(field)));
    return {
      text: DETECTOR_NOTICE,
      toolInput,
      usage: {
        inputTokens: inputTokens(request),
        outputTokens: tokens(DETECTOR_NOTICE + JSON.stringify(toolInput)),
      },
    };
  };
}

function inputTokens({ messages, system, tool }: ConverseRequest): number {
  const texts = [...messages.flatMap(({ content }) => content), ...system].map((block) =>
    'text' in block ? block.text : '',
  );
  return TOKENS_PER_IMAGE + tokens(texts.join('\n') + JSON.stringify(tool));
}

function tokens(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN);
}
