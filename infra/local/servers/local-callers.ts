import type { IncomingHttpHeaders } from 'node:http';

/** This machine by the names that programs on it use. */
const LOCAL_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/**
 * Whether a request was meant for this machine: a page of the web that has its own name point here (DNS rebinding)
 * still sends that name.
 */
export function isForThisMachine(headers: IncomingHttpHeaders): boolean {
  // HTTP/2 has the pseudo header; a peer sends one of the two.
  return LOCAL_HOST.test(String(headers[':authority'] ?? headers.host ?? ''));
}

/**
 * Whether a program sent the request, and not a web page in a browser, which names its origin. The servers behind
 * the API check no signatures, so no page may reach them.
 */
export const isFromProgram = (headers: IncomingHttpHeaders): boolean =>
  isForThisMachine(headers) && headers.origin === undefined;
