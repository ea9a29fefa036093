let made: ReturnType<typeof make> | undefined;

/**
 * What the sweep's function is made of, with the role that the template gives it; a test puts its own clock in. As in the function,
 * one serves all sweeps of a process: its clients and sessions are kept.
 */
export const sweeper = () => (made ??= make());

async function make() {
  const { sweepDeps } = await import('../../functions/deps/sweep-deps.ts');
  const TENANT_ROLE_ARN = 'arn:aws:iam::000000000000:role/Gloss-SweepTenantRole';
  return sweepDeps({ ...process.env, TENANT_ROLE_ARN });
}
