import type { APIGatewayProxyEventV2, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { refusalOf } from '../../lib/api/refusal-of.ts';
import { refusingApp } from '../../lib/api/refusing-app.ts';

/**
 * Has an app answer the requests of an HTTP API. Hono reads the path of an event as part of a URL, but API Gateway has
 * decoded it: what could be read as another path is refused before.
 */
export function answerHttp(app: Hono) {
  const answer = handlerOf(app);
  return async (event: APIGatewayProxyEventV2, context?: Context): Promise<APIGatewayProxyResult> => {
    const { method } = event.requestContext.http;
    const refusal = await refusalOf({ method, path: event.rawPath, hasBody: Boolean(event.body) });
    return refusal ? handlerOf(refusingApp(refusal))(blank(event), context) : answer(event, context);
  };
}

/** What is left of a request that is refused: its headers. */
function blank(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  const { requestContext } = event;
  const { body, ...rest } = event;
  return {
    ...rest,
    rawPath: '/',
    rawQueryString: '',
    requestContext: { ...requestContext, http: { ...requestContext.http, method: 'GET' } },
  };
}

type Answer = (event: APIGatewayProxyEventV2, context?: Context) => Promise<APIGatewayProxyResult>;

// Its announced successor, @hono/aws-lambda, is not published yet.
// eslint-disable-next-line @typescript-eslint/no-deprecated
const handlerOf = (app: Hono) => handle(app) as Answer;
