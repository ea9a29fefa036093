import { describe, expect, it } from 'vitest';
import { openTenant } from './open-tenant.ts';

/** A key is listed again by its use, and revoked meanwhile. */

async function keyInUse() {
  const { ask, key, service, table, world } = await openTenant();
  const made = (await ask('POST', '/v1/keys', key, { name: 'one' })).json as { id: string; key: string };
  service.restart();
  const listing = () => table('Tenants').get('acme/keys', made.id);
  return {
    world,
    listing,
    lose: () => table('Tenants').delete('acme/keys', made.id),
    use: (apart = false) => service.request({ method: 'GET', path: '/v1/me', key: made.key }, { apart }),
    revoke: async () => {
      const request = { method: 'DELETE', path: `/v1/keys/${made.id}`, key };
      expect((await service.request(request, { apart: true })).status).toBe(204);
      expect(listing()).toBeUndefined();
    },
  };
}

describe('a key that is revoked while it is used', () => {
  it('is not listed again, not for a moment', async () => {
    const { world, use, revoke, listing } = await keyInUse();
    let [isHeld, isRevoked] = [false, false];
    const wasListed: boolean[] = [];
    world.mishapOf = ({ operation, input }) => {
      if (isRevoked) wasListed.push(listing() !== undefined);
      // The use is noted at the listing once the key is known.
      const isNote = operation === 'UpdateItem' && JSON.stringify(input).includes('acme/keys');
      if (!isNote || isHeld) return undefined;
      isHeld = true;
      return {
        meanwhile: async () => {
          await revoke();
          isRevoked = true;
        },
      };
    };
    await use();
    expect(wasListed).not.toContain(true);
    expect(wasListed.length).toBeGreaterThan(0);
  });

  it('is not listed again either where another use had listed it again', async () => {
    const { world, lose, use, revoke, listing } = await keyInUse();
    lose();
    let isHeld = false;
    world.mishapOf = ({ operation, input }) => {
      const isListing = operation === 'PutItem' && JSON.stringify(input).includes('acme/keys');
      if (!isListing || isHeld) return undefined;
      isHeld = true;
      return {
        meanwhile: async () => {
          expect((await use(true)).status).toBe(200);
          await revoke();
        },
      };
    };
    await use();
    expect(isHeld).toBe(true);
    expect(listing()).toBeUndefined();
    expect((await use(true)).status).toBe(401);
  });
});
