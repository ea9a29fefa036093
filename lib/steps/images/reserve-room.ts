import { GlossError } from '../../domain/errors.ts';
import type { ImageId, TenantId } from '../../domain/ids.ts';
import { isLoad } from '../../domain/is-load.ts';
import type { Totals } from '../../domain/usage.ts';
import type { Reservation, Reservations } from '../../ports/reservations.ts';
import type { RandomHex } from '../../ports/runtime.ts';
import { quotaRefusal, type QuotaDeps, type QuotaLimits } from './check-quota.ts';

export interface ReserveDeps extends QuotaDeps {
  readonly reservations: Reservations;
  readonly randomHex: RandomHex;
}

/** Each lost turn was won by another invitation, or by an arrival, of the same tenant. */
const MAX_TURNS = 16;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;
/** A file may be on its way when its form ends, and its event on the way after that. */
const SLACK_MS = 300_000;

/** A file, and until when it can be sent. */
export interface InvitedFile extends Reservation {
  readonly expiresAtMs: number;
}

/**
 * Reserves the room of files that a tenant is about to be invited to send, all or nothing. Invitations at once are as if one came after
 * the other. A name that is invited again keeps the larger of both sizes: either form can be used.
 * @param choose which files these are. It is asked once a turn, and has seen whatever was invited or has arrived before its turn counts.
 * @throws GlossError `throttled` that names the limit, or says that too many invite at once.
 */
export async function reserveRoom(
  { records, reservations, randomHex }: ReserveDeps,
  tenant: TenantId,
  limits: QuotaLimits,
  choose: () => Promise<readonly InvitedFile[]>,
): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    await pauseBefore(turn, randomHex);
    // The sums first: what changes them while the others are read makes the addition fail.
    const seen = await reservations.sums(tenant);
    const files = await choose();
    if (files.length === 0) return;
    const untilMs = Math.max(...files.map(({ expiresAtMs }) => expiresAtMs)) + SLACK_MS;
    const last = new Map(files.map((file) => [file.imageId, file]));
    const wanted = largestOf(files.map(({ imageId, bytes }) => [imageId, bytes]));
    const [held, totals] = await Promise.all([
      reservations.of(tenant, [...wanted.keys()]),
      records.totals(tenant),
    ]);
    const before = new Map([...held].map(([imageId, { bytes }]) => [imageId, bytes]));
    const room = largestOf([...wanted, ...before]);
    const refusal = quotaRefusal({ totals, reserved: minus(seen, totalsOf(before)) }, limits, totalsOf(room));
    if (refusal) throw refusal;
    const ofFew = !isLoad(files.length);
    const renewed = [...room].map(([imageId, bytes]) => {
      const { name, sha256 } = last.get(imageId)!;
      return { imageId, name, bytes, ...(sha256 !== undefined && { sha256 }), ...(ofFew && { ofFew }) };
    });
    if (await reservations.add(tenant, seen, renewed, untilMs, held)) return;
  }
  throw new GlossError('throttled', 'invitations_busy', 'too many uploads are invited at once: try again', {
    retryAfterSec: 1,
  });
}

function largestOf(sizes: readonly (readonly [ImageId, number])[]): Map<ImageId, number> {
  const largest = new Map<ImageId, number>();
  for (const [imageId, bytes] of sizes) largest.set(imageId, Math.max(bytes, largest.get(imageId) ?? 0));
  return largest;
}

const minus = (a: Totals, b: Totals): Totals => ({ images: a.images - b.images, bytes: a.bytes - b.bytes });

const totalsOf = (sizes: ReadonlyMap<ImageId, number>): Totals => ({
  images: sizes.size,
  bytes: sizes.values().reduce((sum, bytes) => sum + bytes, 0),
});

/** Full jitter: those that met once should not meet again. */
async function pauseBefore(turn: number, randomHex: RandomHex): Promise<void> {
  if (turn === 0) return;
  const share = Number.parseInt(randomHex(6), 16) / 0xff_ff_ff;
  const longestMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** turn);
  await new Promise((resolve) => setTimeout(resolve, share * longestMs));
}
