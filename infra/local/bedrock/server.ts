import { isFromProgram } from '../servers/local-callers.ts';
import { randomUUID } from 'node:crypto';
import {
  ConverseError,
  parseConverseRequest,
  toConverseResponse,
  type ConverseModel,
} from './converse-protocol.ts';
import { EMBEDDED_NOTICE, embeddedModel } from './embedded-model.ts';
import {
  serveHttp1AndHttp2,
  type DualRequest,
  type DualResponse,
  type RunningServer,
} from './dual-http-server.ts';
import { keptSights } from './kept-sights.ts';
import { startNetworks } from './networks.ts';
import { refusalOf } from './model-refusals.ts';
import { openaiForwarder, type ForwardTo } from './openai-forwarder.ts';

/** Amazon Bedrock's limit for a whole request. */
const MAX_BODY_BYTES = 25_000_000;
const DEFAULT_MAX_IN_FLIGHT = 64;

export interface BedrockOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Asks this endpoint instead of the embedded model. */
  readonly forwardTo?: ForwardTo;
  /** Threads of the embedded model. */
  readonly workers?: number;
  /** Requests under way at once; those above it get a ThrottlingException. */
  readonly maxInFlight?: number;
  /** Gets lines for the log: what the model is. */
  readonly onLog?: (line: string) => void;
}

/**
 * Amazon Bedrock on one machine: the Converse operation, answered by two small networks or by an endpoint of the
 * user's. Any model id is accepted and credentials are not checked.
 * @throws Error when the networks cannot be loaded.
 */
export async function startBedrock(options: BedrockOptions = {}): Promise<RunningServer> {
  const { port = 0, maxInFlight = DEFAULT_MAX_IN_FLIGHT, onLog = () => undefined } = options;
  const { model, close: closeModel } = await startModel(options, onLog);
  const state = { inFlight: 0 };

  async function answer(request: DualRequest): Promise<object> {
    if (state.inFlight >= maxInFlight) {
      request.resume(); // A body that nobody reads stalls its connection.
      throw new ConverseError(
        'ThrottlingException',
        `more than ${maxInFlight} requests at once; try again later`,
      );
    }
    state.inFlight++;
    try {
      return await converse(request, model);
    } finally {
      state.inFlight--;
    }
  }

  const server = await serveHttp1AndHttp2(port, (request, response) => {
    if (!isFromProgram(request.headers)) {
      response.statusCode = 403;
      response.end();
      return;
    }
    answer(request).then(
      (reply) => send(response, 200, reply),
      (error: unknown) => sendError(response, error, onLog),
    );
  }).catch(async (error: unknown) => {
    await closeModel(); // Or its threads keep the process alive.
    throw error;
  });
  return {
    endpoint: server.endpoint,
    close: async () => {
      await server.close();
      await closeModel();
    },
  };
}

interface StartedModel {
  readonly model: ConverseModel;
  readonly close: () => Promise<void>;
}

async function startModel(
  { forwardTo, workers }: BedrockOptions,
  onLog: (line: string) => void,
): Promise<StartedModel> {
  if (forwardTo) {
    onLog(`local Bedrock: passes requests on to ${forwardTo.model} at ${forwardTo.baseUrl}`);
    return { model: openaiForwarder(forwardTo), close: () => Promise.resolve() };
  }
  const sightsDir = process.env['GLOSS_SIGHTS_DIR'];
  const networks = sightsDir
    ? keptSights(sightsDir, () => startNetworks(workers))
    : await startNetworks(workers);
  onLog(`local Bedrock: ${EMBEDDED_NOTICE}`);
  return { model: embeddedModel(networks), close: () => networks.close() };
}

async function converse(request: DualRequest, model: ConverseModel): Promise<object> {
  const startedMs = performance.now();
  const body = await readBody(request);
  const modelId = /^\/model\/([^/]+)\/converse$/.exec(request.url ?? '')?.[1];
  if (request.method !== 'POST' || modelId === undefined) {
    throw new ConverseError(
      'UnknownOperationException',
      'only POST /model/{modelId}/converse is served here',
    );
  }
  const conversation = parseConverseRequest(body);
  const refusal = refusalOf(decodeURIComponent(modelId), conversation);
  if (refusal !== undefined) throw new ConverseError('ValidationException', refusal);
  const answer = await model(conversation);
  return toConverseResponse(
    answer,
    conversation.tool?.name ?? '',
    `tooluse_${randomUUID()}`,
    performance.now() - startedMs,
  );
}

async function readBody(request: DualRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk); // The rest is read and dropped, so that the answer gets through.
    }
  } catch (error) {
    throw new ConverseError('ValidationException', 'the request was cut off', error);
  }
  if (size > MAX_BODY_BYTES) {
    throw new ConverseError('ValidationException', `the request has more than ${MAX_BODY_BYTES} bytes`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sendError(response: DualResponse, error: unknown, onLog: (line: string) => void): void {
  if (error instanceof ConverseError) {
    response.setHeader('x-amzn-errortype', error.type);
    send(response, error.status, { message: error.message });
  } else {
    onLog(`local Bedrock: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    response.setHeader('x-amzn-errortype', 'InternalServerException');
    send(response, 500, { message: 'the local Bedrock failed; its log says why' });
  }
}

function send(response: DualResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.setHeader('x-amzn-requestid', randomUUID());
  response.end(JSON.stringify(body));
}
