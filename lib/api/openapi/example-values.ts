/** Values that several examples share; a test replays them for a tenant of this name. */

/** An image of the tenant acme with the name pier.jpg, as lib/domain/ids.ts derives it. */
export const PIER_ID = 'd1c2342b79f76a86ab84cbba38b8de98';
/** The same with the name broken.jpg. */
export const BROKEN_ID = 'e1702ce84f6cf73618bcb57582b6adf9';
/** Of no image. */
export const NO_ID = '0'.repeat(32);
export const KEY_ID = '5f0c1d2e3a4b';
export const TIME = '2026-11-24T09:30:00.000Z';
export const SECRET = 'whsec_sZRqySSS0jR8a1IxoeEuGERsZ5cSTQ5fHO4eIfX6BO8=';
export const SEQUENCER = '0000019AB4F6C3D00000000000000000';

/** What the tenant acme may use up. */
export const LIMITS = {
  requestsPerSec: 20,
  burst: 200,
  images: 5_000,
  bytes: 1_000_000_000_000,
  modelUsdPerMonth: 100,
};
/** What came of importing pier.jpg. */
export const USED = {
  images: 0,
  views: 0,
  inputTokens: 0,
  outputTokens: 0,
  readUnits: 12.5,
  writeUnits: 9,
  usd: { model: 0, store: 0.0000071, total: 0.0000071 },
};

/** The words of pier.jpg as one view each. */
export const PIER_VIEWS = [
  { index: 0, kind: 'text', tags: ['pier', 'sea'], caption: '', visibleText: '' },
  { index: 1, kind: 'text', tags: [], caption: 'a wooden pier at sunset', visibleText: '' },
];
export const PIER = {
  id: PIER_ID,
  name: 'pier.jpg',
  status: 'searchable',
  sequencer: SEQUENCER,
  createdAt: TIME,
  updatedAt: TIME,
};
export const KEY = {
  id: KEY_ID,
  name: 'app',
  scopes: ['search', 'upload', 'delete', 'admin'],
  createdAt: TIME,
};
export const NEW_KEY = 'gls_4Vq7mZt0Xc2LrS9eBn6Kd1Hy8Wf3Ga5P';
