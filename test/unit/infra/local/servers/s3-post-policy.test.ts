import { describe, expect, it } from 'vitest';
import { checkPolicy } from '../../../../../infra/local/servers/s3-post-policy.ts';
import { verifyPolicySignature } from '../../../../../infra/local/servers/s3-signature.ts';

/** "Example: Browser-Based Upload using HTTP POST" of the S3 API reference, with its policy, credentials and signature. */
const POLICY = [
  '{ "expiration": "2015-12-30T12:00:00.000Z",',
  '  "conditions": [',
  '    {"bucket": "sigv4examplebucket"},',
  '    ["starts-with", "$key", "user/user1/"],',
  '    {"acl": "public-read"},',
  '    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},',
  '    ["starts-with", "$Content-Type", "image/"],',
  '    {"x-amz-meta-uuid": "14365123651274"},',
  '    {"x-amz-server-side-encryption": "AES256"},',
  '    ["starts-with", "$x-amz-meta-tag", ""],',
  '',
  '    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},',
  '    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},',
  '    {"x-amz-date": "20151229T000000Z" }',
  '  ]',
  '}',
].join('\r\n');
const policy = Buffer.from(POLICY).toString('base64');
const FIELDS: Readonly<Record<string, string>> = {
  bucket: 'sigv4examplebucket',
  key: 'user/user1/photo.jpg',
  acl: 'public-read',
  success_action_redirect: 'http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html',
  'content-type': 'image/jpeg',
  'x-amz-meta-uuid': '14365123651274',
  'x-amz-server-side-encryption': 'AES256',
  'x-amz-meta-tag': '',
  'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request',
  'x-amz-algorithm': 'AWS4-HMAC-SHA256',
  'x-amz-date': '20151229T000000Z',
  policy,
  'x-amz-signature': '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e',
};
const at = Date.parse('2015-12-29T00:00:00Z');
const form = (changes: Readonly<Record<string, string>> = {}) =>
  new Map(Object.entries({ ...FIELDS, ...changes }));

describe('the signature of a policy', () => {
  const verifier = { region: 'us-east-1', secretFor: () => 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

  it('is that of the example', () => {
    const { signer } = verifyPolicySignature(form(), verifier);
    expect(signer.accessKeyId).toBe('AKIAIOSFODNN7EXAMPLE');
  });

  it.each([
    [
      'another policy',
      { policy: Buffer.from(POLICY.replace('2015-12-30', '2016-12-30')).toString('base64') },
    ],
    ['a cut signature', { 'x-amz-signature': '8afdbf40' }],
    ['no signature', { 'x-amz-signature': '' }],
  ])('is not that of %s', (_, changes) => {
    expect(() => verifyPolicySignature(form(changes), verifier)).toThrow(/does not match/);
  });
});

describe('the conditions of a policy', () => {
  it('are kept by the form of the example, with fields that no condition has to speak of', () => {
    expect(checkPolicy(policy, form({ 'x-ignore-me': '1' }), at)).toEqual({ min: 0, max: Infinity });
  });

  it.each([
    ['a key elsewhere', { key: 'user/user2/photo.jpg' }, '["starts-with","$key","user/user1/"]'],
    ['another type', { 'content-type': 'text/html' }, '["starts-with","$Content-Type","image/"]'],
    ['another value', { 'x-amz-meta-uuid': '1' }, '["eq","$x-amz-meta-uuid","14365123651274"]'],
    ['another bucket', { bucket: 'other' }, '["eq","$bucket","sigv4examplebucket"]'],
    ['a field more', { 'cache-control': 'no-store' }, 'Extra input fields: cache-control'],
  ])('are broken by %s', (_, changes, why) => {
    expect(() => checkPolicy(policy, form(changes), at)).toThrow(`Invalid according to Policy: `);
    expect(() => checkPolicy(policy, form(changes), at)).toThrow(why);
  });

  it('end with the policy', () => {
    expect(() => checkPolicy(policy, form(), Date.parse('2015-12-30T12:00:00.001Z'))).toThrow(
      'Policy expired',
    );
  });

  it('say how large the file may be', () => {
    const sized = { expiration: '2015-12-30T12:00:00Z', conditions: [['content-length-range', 3, 7]] };
    expect(checkPolicy(Buffer.from(JSON.stringify(sized)).toString('base64'), new Map(), at)).toEqual({
      min: 3,
      max: 7,
    });
  });

  it.each([
    '',
    'no JSON',
    '{}',
    '{"expiration": "soon", "conditions": []}',
    '{"conditions": [["like", "$a", "b"]]}',
  ])('cannot be read in %j', (text) => {
    expect(() => checkPolicy(Buffer.from(text).toString('base64'), form(), at)).toThrow('Invalid Policy');
  });
});
