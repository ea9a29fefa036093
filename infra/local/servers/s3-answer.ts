import type { Readable } from 'node:stream';
import { S3_NAMESPACE, XML_HEAD } from './s3-xml.ts';

export interface S3Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Readable;
}

/** An answer of an element with what stands in it. */
export function xmlAnswer(name: string, content: readonly string[]): S3Answer {
  const body = `${XML_HEAD}<${name} xmlns="${S3_NAMESPACE}">${content.join('')}</${name}>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}
