import { DOCUMENT_OPERATIONS } from '../documents/operations.ts';
import { EXPORT_OPERATIONS } from '../export/operations.ts';
import { HEALTH_OPERATIONS } from '../health/operations.ts';
import { IMAGE_OPERATIONS } from '../images/operations.ts';
import { KEY_OPERATIONS, TENANT_KEY_OPERATIONS } from '../keys/operations.ts';
import { ME_OPERATIONS } from '../me/operations.ts';
import { SEARCH_OPERATIONS } from '../search/operations.ts';
import { STRAY_OPERATIONS } from '../strays/operations.ts';
import { TENANT_INDEX_OPERATIONS } from '../tenant-index/operations.ts';
import { TENANT_USAGE_OPERATIONS } from '../tenant-usage/operations.ts';
import { TENANT_OPERATIONS } from '../tenants/operations.ts';
import { UPLOAD_OPERATIONS } from '../uploads/operations.ts';
import { USAGE_OPERATIONS } from '../usage/operations.ts';
import { WEBHOOK_OPERATIONS } from '../webhook/operations.ts';
import { WORD_OPERATIONS } from '../words/operations.ts';
import type { Operation } from './operation.ts';

/** Every operation of the API; a test holds the list against the routes that there are. */
export const OPERATIONS: readonly Operation[] = [
  ...HEALTH_OPERATIONS,
  ...SEARCH_OPERATIONS,
  ...WORD_OPERATIONS,
  ...UPLOAD_OPERATIONS,
  ...DOCUMENT_OPERATIONS,
  ...IMAGE_OPERATIONS,
  ...EXPORT_OPERATIONS,
  ...USAGE_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...ME_OPERATIONS,
  ...KEY_OPERATIONS,
  ...TENANT_OPERATIONS,
  ...TENANT_USAGE_OPERATIONS,
  ...TENANT_KEY_OPERATIONS,
  ...TENANT_INDEX_OPERATIONS,
  ...STRAY_OPERATIONS,
];
