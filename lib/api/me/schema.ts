import * as z from 'zod';
import { SCOPES } from '../../domain/credential.ts';
import type { Answer } from '../answer.ts';
import { keyId } from '../id-fields.ts';

/** GET /v1/me */
export const Me = z
  .strictObject({
    tenant: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    keyId: keyId.exactOptional().describe('of an API key; absent for a token'),
  })
  .meta({ id: 'Me', description: 'whose a credential is and what it may do' });
export type Me = Answer<typeof Me>;
