import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { Access } from '../iam/access.ts';
import { readStatements, type Statement } from '../iam/policy.ts';
import { ACCOUNT_ID } from '../physical-names.ts';
import { assumedRoleArn, MAX_DURATION_SEC, mistakeOf } from './assume-role.ts';
import { isFromProgram } from './local-callers.ts';
import { element } from './s3-xml.ts';
import { NotSigned, readWhole, verifyCaller } from './signed-request.ts';
import { listen } from './listen.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Of AssumeRole; whatever else is asked for, such as managed policies, would have to be heeded. */
const KNOWN_PARAMETERS =
  /^(?:Action|Version|RoleArn|RoleSessionName|DurationSeconds|Policy|Tags\.member\.\d+\.(?:Key|Value))$/;

class StsError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Starts the embedded STS on 127.0.0.1: AssumeRole with session tags and policies, and GetCallerIdentity, over the AWS query protocol. */
export async function startSts(access: Access, { port = 0 }: { readonly port?: number } = {}) {
  const server = createServer((request, response) => {
    const reply = (status: number, body: string) =>
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    if (!isFromProgram(request.headers)) {
      reply(403, '');
      return;
    }
    void answer(request, access).then(
      (body) => reply(200, body),
      (error: unknown) => {
        const { status, code, message } = known(error);
        const fields = [element('Type', 'Sender'), element('Code', code), element('Message', message)];
        reply(
          status,
          `<ErrorResponse xmlns="${NAMESPACE}"><Error>${fields.join('')}</Error></ErrorResponse>`,
        );
      },
    );
  });
  const endpoint = await listen(server, port);
  return {
    endpoint,
    async close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function known(error: unknown): StsError {
  if (error instanceof StsError) return error;
  if (error instanceof NotSigned) return new StsError(403, 'InvalidClientTokenId', error.message);
  return new StsError(500, 'InternalFailure', String(error));
}

async function answer(request: IncomingMessage, access: Access): Promise<string> {
  const body = await readWhole(request);
  const caller = verifyCaller(request, body, 'sts', access);
  const form = new URLSearchParams(body.toString());
  if (form.get('Action') === 'GetCallerIdentity') return identityOf(access.arnOf(caller), caller.accessKeyId);
  if (form.get('Action') !== 'AssumeRole')
    throw new StsError(400, 'InvalidAction', `${form.get('Action') ?? ''} is not known to the local STS`);
  const unknown = [...form.keys()].filter((name) => !KNOWN_PARAMETERS.test(name));
  if (unknown.length > 0)
    throw new StsError(400, 'InvalidParameterValue', `${unknown.join(', ')}: not known to the local STS`);
  const durationSec = Number(form.get('DurationSeconds') ?? MAX_DURATION_SEC);
  const roleArn = form.get('RoleArn') ?? '';
  const name = form.get('RoleSessionName') ?? '';
  const mistake = mistakeOf(durationSec, name);
  if (mistake !== undefined) throw new StsError(400, 'ValidationError', mistake);
  const expiresAtMs = Date.now() + durationSec * 1000;
  const policy = policyIn(form);
  const wanted = { roleArn, name, tags: tagsOf(form), expiresAtMs, ...(policy && { policy }) };
  const made = access.assumeRole(caller, wanted);
  if (typeof made === 'string') throw new StsError(403, 'AccessDenied', made);
  const credentials = [
    element('AccessKeyId', made.accessKeyId),
    element('SecretAccessKey', made.secretAccessKey),
    element('SessionToken', made.sessionToken),
    element('Expiration', new Date(expiresAtMs).toISOString()),
  ];
  const fields = [
    `<AssumedRoleUser>${element('Arn', assumedRoleArn(roleArn, name))}${element('AssumedRoleId', `AROA:${name}`)}</AssumedRoleUser>`,
    `<Credentials>${credentials.join('')}</Credentials>`,
  ];
  return responseOf('AssumeRole', fields);
}

/** Whoever signs may ask who he is. */
const identityOf = (arn: string, userId: string): string =>
  responseOf('GetCallerIdentity', [
    element('Arn', arn),
    element('UserId', userId),
    element('Account', ACCOUNT_ID),
  ]);

function responseOf(action: string, fields: readonly string[]): string {
  const metadata = `<ResponseMetadata>${element('RequestId', randomUUID())}</ResponseMetadata>`;
  return `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${fields.join('')}</${action}Result>${metadata}</${action}Response>`;
}

/** The session policy of a request. */
function policyIn(form: URLSearchParams): readonly Statement[] | undefined {
  const text = form.get('Policy');
  if (text === null) return undefined;
  try {
    return readStatements(JSON.parse(text), 'Policy');
  } catch (error) {
    throw new StsError(400, 'MalformedPolicyDocument', String(error));
  }
}

function tagsOf(form: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {};
  for (let i = 1; form.has(`Tags.member.${i}.Key`); i += 1)
    tags[form.get(`Tags.member.${i}.Key`)!] = form.get(`Tags.member.${i}.Value`) ?? '';
  return tags;
}
