import type { TenantId } from '../../../domain/ids.ts';
import { LANGUAGE_NAMES } from '../../../domain/language.ts';
import { otherLanguage } from '../../../index/segment/index-language.ts';
import type { Manifests } from '../../../ports/manifests.ts';
import type { TenantReader } from '../../../ports/tenants.ts';

interface CheckLanguageDeps {
  readonly tenants: TenantReader;
  readonly manifests: Pick<Manifests, 'read'>;
}

/** @returns what is to be said where an index is kept in another language than its tenant's */
export async function checkLanguage(
  { tenants, manifests }: CheckLanguageDeps,
  tenant: TenantId,
): Promise<string | undefined> {
  const manifest = await manifests.read(tenant);
  const account = await tenants.get(tenant);
  if (!account) return undefined;
  const { language } = account.settings;
  const other = otherLanguage(manifest, language);
  return other && `${LANGUAGE_NAMES[other]} where the tenant has ${LANGUAGE_NAMES[language]}`;
}
