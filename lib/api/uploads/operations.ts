import { TIME } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import { UploadsAnswer, UploadsBody } from './schema.ts';

export const UPLOAD_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/uploads',
    id: 'createUploads',
    retry: 'again',
    tag: 'uploads',
    summary: 'Where to post each of up to 100 files, as a form',
    access: 'upload',
    body: UploadsBody,
    success: {
      status: 200,
      description: 'for each file, in order, an address (accepted) or why it cannot be taken (refused)',
      body: UploadsAnswer,
    },
    example: {
      body: {
        files: [
          { name: 'cat.jpg', bytes: 48_213, contentType: 'image/jpeg' },
          { name: 'notes.txt', bytes: 120, contentType: 'text/plain' },
        ],
      },
      answer: {
        uploads: [
          {
            status: 'accepted',
            name: 'cat.jpg',
            id: 'f29333ed10e87534b08186f956ca13e2',
            url: 'https://bucket.example/',
            fields: {
              'Content-Type': 'image/jpeg',
              bucket: 'gloss-bucket',
              'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
              'X-Amz-Credential': 'ASIAEXAMPLE/20261124/eu-west-1/s3/aws4_request',
              'X-Amz-Date': '20261124T093000Z',
              'X-Amz-Security-Token': 'IQoJb3JpZ2luX2VjEXAMPLE',
              key: 'uploads/acme/cat.jpg',
              Policy: 'eyJleHBpcmF0aW9uIjoiMjAyNi0xMS0yNFQwOTo0NTowMFoi',
              'X-Amz-Signature': 'f1d2d2f924e986ac86fdf7b36c94bcdf32beec15f1d2d2f924e986ac86fdf7b3',
            },
            expiresAt: TIME,
          },
          {
            status: 'refused',
            name: 'notes.txt',
            field: 'contentType',
            failure: {
              code: 'not_a_picture',
              reason:
                'contentType text/plain is not taken; image/jpeg, image/png, image/webp, image/gif, image/avif, image/tiff, image/bmp, image/heic, image/jxl, image/x-adobe-dng, image/x-canon-cr2, image/x-nikon-nef, image/x-sony-arw are',
              retryable: false,
            },
          },
        ],
      },
    },
  },
];
