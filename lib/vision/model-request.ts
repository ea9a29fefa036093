/**
 * What of a request a model takes. `forced`: it has to call the tool that is named; `any`: one of the tools; `auto`: as it sees fit; `none`: no
 * tool, so that it is asked for JSON in its text.
 */
export interface RequestShape {
  readonly tool: 'forced' | 'any' | 'auto' | 'none';
  readonly hasTemperature: boolean;
}

/** What any model takes. */
export const PLAINEST: RequestShape = { tool: 'none', hasTemperature: false };

/**
 * Families of models with vision, the first that fits. Tool use and vision: "Supported models and model features", Amazon Bedrock User Guide; who
 * can be forced: ToolChoice, Amazon Bedrock API Reference. Claude takes no temperature from Opus 4.7 on: "Migrating to Claude Opus 4.7", Anthropic.
 */
const FAMILIES: readonly (readonly [id: RegExp, shape: RequestShape])[] = [
  [
    /(?:^|\.)anthropic\.claude-(?:3-|(?:opus|sonnet|haiku)-4(?:-[0-6])?(?=-\d{8}|-v\d|:|$))/,
    { tool: 'forced', hasTemperature: true },
  ],
  [/(?:^|\.)anthropic\.claude-(?:opus|sonnet|haiku)-\d/, { tool: 'forced', hasTemperature: false }],
  [/(?:^|\.)amazon\.nova-/, { tool: 'forced', hasTemperature: true }],
  [/(?:^|\.)mistral\.(?:pixtral|mistral)-large/, { tool: 'any', hasTemperature: true }],
  [/(?:^|\.)meta\.llama/, { tool: 'auto', hasTemperature: true }],
  // The networks of the embedded stack.
  [/^embedded-/, { tool: 'forced', hasTemperature: true }],
];

/** What a model is asked with first, by its id: one that is not known, and an ARN, with the plainest request. */
export const shapeFor = (modelId: string): RequestShape =>
  FAMILIES.find(([id]) => id.test(modelId))?.[1] ?? PLAINEST;

const WEAKER = { forced: 'any', any: 'auto', auto: 'none', none: 'none' } as const;

/** Without what a refusal names; undefined where it names nothing that the request has. */
export function shapeWithout(shape: RequestShape, refusal: string): RequestShape | undefined {
  if (shape.hasTemperature && /temperature/i.test(refusal)) return { ...shape, hasTemperature: false };
  if (shape.tool === 'none' || !/tool/i.test(refusal)) return undefined;
  const isChoice = /tool[ _]?choice/i.test(refusal) && shape.tool !== 'auto';
  return { ...shape, tool: isChoice ? WEAKER[shape.tool] : 'none' };
}

/** What both take. */
export function shapeOfBoth(one: RequestShape, other: RequestShape): RequestShape {
  const order = Object.keys(WEAKER);
  const tool = order.indexOf(one.tool) > order.indexOf(other.tool) ? one.tool : other.tool;
  return { tool, hasTemperature: one.hasTemperature && other.hasTemperature };
}

/** What a model without tools is told behind the prompt. */
export const askedForJson = (inputSchema: object): string =>
  `There is no tool to call: answer with one JSON object of this schema, and with nothing else.\n${JSON.stringify(inputSchema)}`;
