import { BROKEN_ID, NO_ID, PIER, PIER_ID, PIER_VIEWS, SEQUENCER, TIME } from '../openapi/example-values.ts';
import type { Operation } from '../openapi/operation.ts';
import {
  DeletionAnswer,
  Image,
  ImagesPage,
  KeywordsAnswer,
  RetryAnswer,
  ShownImage,
  StatusAnswer,
} from './image.ts';
import {
  DeletionBody,
  ImageChangeBody,
  ImagePath,
  KeywordsBody,
  ListParameters,
  ShowParameters,
  StatusBody,
} from './schema.ts';

export const IMAGE_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/images',
    id: 'listImages',
    tag: 'images',
    summary: 'Images in order of id, a page at a time',
    access: 'search',
    query: ListParameters,
    success: { status: 200, description: 'a page; no cursor on the last one', body: ImagesPage },
    example: { query: { limit: '50' }, answer: { images: [PIER] } },
  },
  {
    method: 'post',
    path: '/v1/images/status',
    id: 'askStatus',
    retry: 'again',
    tag: 'images',
    summary: 'How up to 500 images stand, by id or by name, in the order asked',
    access: 'search',
    body: StatusBody,
    success: {
      status: 200,
      description:
        'expected for those that were invited and are not there yet; unknown for those that do not exist; unreadable for those whose record is damaged',
      body: StatusAnswer,
    },
    example: {
      body: { ids: [PIER_ID, NO_ID] },
      answer: { images: [PIER, { id: NO_ID, status: 'unknown' }] },
    },
  },
  {
    method: 'post',
    path: '/v1/images/deletion',
    id: 'deleteImages',
    tag: 'images',
    summary: 'Removes up to 100 images, by id or by name, at once; gone from the next search on',
    access: 'delete',
    body: DeletionBody,
    success: {
      status: 200,
      description: 'in the order asked; unknown for those that do not exist',
      body: DeletionAnswer,
    },
    problems: [409],
    example: {
      body: { ids: [PIER_ID, NO_ID] },
      answer: {
        images: [
          { id: PIER_ID, status: 'removed' },
          { id: NO_ID, status: 'unknown' },
        ],
      },
    },
  },
  {
    method: 'post',
    path: '/v1/images/keywords',
    id: 'editKeywords',
    tag: 'images',
    summary: 'Adds keywords to up to 100 images, by id or by name, and takes keywords and tags away',
    access: 'upload',
    body: KeywordsBody,
    success: {
      status: 202,
      description:
        'in the order asked, as the images stand now; each is found by its new words once it is searchable again. unknown for those that do not exist; unreadable for those whose record is damaged; refused for those that would have too many words',
      body: KeywordsAnswer,
    },
    problems: [409],
    example: {
      body: { ids: [PIER_ID, NO_ID], keywords: { add: ['Brighton'] } },
      answer: {
        images: [
          { ...PIER, status: 'described' },
          { id: NO_ID, status: 'unknown' },
        ],
      },
    },
  },
  {
    method: 'get',
    path: '/v1/images/{id}',
    id: 'showImage',
    tag: 'images',
    summary: 'An image with short-lived addresses and its gloss, view by view',
    access: 'search',
    params: ImagePath,
    query: ShowParameters,
    success: { status: 200, description: 'the image', body: ShownImage },
    example: {
      params: { id: PIER_ID },
      answer: {
        ...PIER,
        source: 'import',
        arrivedAt: TIME,
        gloss: { model: 'import', promptVersion: '-', cropPolicy: 'none', views: PIER_VIEWS },
      },
    },
  },
  {
    method: 'patch',
    path: '/v1/images/{id}',
    id: 'changeImage',
    tag: 'images',
    summary: 'Adds keywords to an image and takes keywords and tags away; no picture is described for it',
    access: 'upload',
    params: ImagePath,
    body: ImageChangeBody,
    success: {
      status: 202,
      description: 'how the image stands now; it is found by its new words once it is searchable again',
      body: Image,
    },
    problems: [409],
    example: {
      params: { id: PIER_ID },
      body: { keywords: { add: ['Brighton'], remove: ['sea'] } },
      answer: { ...PIER, status: 'described' },
    },
  },
  {
    method: 'post',
    path: '/v1/images/{id}/retry',
    id: 'retryImage',
    retry: 'again',
    tag: 'images',
    summary: 'Has a picture described again that failed, or lost its words or its thumbnail',
    access: 'upload',
    params: ImagePath,
    success: { status: 202, description: 'it will be', body: RetryAnswer },
    problems: [409],
    example: {
      params: { id: BROKEN_ID },
      answer: { id: BROKEN_ID, sequencer: SEQUENCER },
    },
  },
  {
    method: 'delete',
    path: '/v1/images/{id}',
    id: 'deleteImage',
    tag: 'images',
    summary: 'Removes an image; gone from the next search on',
    access: 'delete',
    params: ImagePath,
    success: { status: 204, description: 'removed' },
    problems: [409],
    example: { params: { id: PIER_ID } },
  },
];
