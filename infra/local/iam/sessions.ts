import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { lruMap } from '../../../lib/adapters/lru-map.ts';
import { Statement } from './policy.ts';

/** A role that somebody has taken on for a while, with the tags that were given to the session. */
const RoleSession = z.object({
  roleArn: z.string(),
  name: z.string(),
  tags: z.record(z.string(), z.string()),
  expiresAtMs: z.number(),
  policy: z.array(Statement).optional(),
});
type Session = z.infer<typeof RoleSession>;

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * Temporary credentials whose token says all about the session, under a seal: none is kept, so that presigned URLs
 * outlive a restart of the stack as they outlive a redeployment.
 * @param secret kept between starts
 */
export function sessionsSealedBy(secret: string) {
  const seal = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');

  /** What valid tokens say, for each is sent with many requests. */
  const opened = lruMap<string, Session & SessionCredentials>(1_000);

  function credentialsOf(sessionToken: string): SessionCredentials {
    const digest = createHash('sha256').update(sessionToken).digest('hex');
    return {
      accessKeyId: `ASIA${digest.slice(0, 16).toUpperCase()}`,
      secretAccessKey: seal(`secret of ${sessionToken}`),
      sessionToken,
    };
  }

  /** Undefined for a token that was not made here. */
  function openedBy(sessionToken: string): (Session & SessionCredentials) | undefined {
    const known = opened.get(sessionToken);
    if (known) return known;
    const [content = '', given = ''] = sessionToken.split('.');
    const expected = Buffer.from(seal(content));
    const sealed = Buffer.from(given);
    if (sealed.length !== expected.length || !timingSafeEqual(sealed, expected)) return undefined;
    const session = RoleSession.parse(JSON.parse(Buffer.from(content, 'base64url').toString()));
    const whole = { ...session, ...credentialsOf(sessionToken) };
    opened.set(sessionToken, whole);
    return whole;
  }

  return {
    open(session: Session): SessionCredentials {
      const content = Buffer.from(JSON.stringify(session)).toString('base64url');
      return credentialsOf(`${content}.${seal(content)}`);
    },

    /** The session of a token, with its secret; undefined for tokens that were not made here or have ended. */
    find(
      accessKeyId: string,
      sessionToken: string,
      nowMs: number,
    ): (Session & { readonly secretAccessKey: string }) | undefined {
      const session = openedBy(sessionToken);
      if (session?.accessKeyId !== accessKeyId || session.expiresAtMs <= nowMs) return undefined;
      return session;
    },
  };
}
