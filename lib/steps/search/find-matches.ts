import type { TenantId } from '../../domain/ids.ts';
import { glossHasAll, glossMatches } from '../../query/hits/gloss-matches.ts';
import type { CompiledQuery } from '../../query/plan/compile-query.ts';
import { loadCandidates, MAX_LOADED, type Candidate, type LoadDeps } from './load-candidates.ts';
import type { PreparedQuery } from './prepare-query.ts';
import type { RankedDocument } from './rank-documents.ts';

/** Matches among ranked documents, in their order. */
export interface FoundMatches {
  readonly candidates: readonly Candidate[];
  /** How many of the documents were looked at, which is where a next look begins. */
  readonly checked: number;
}

/**
 * Loads ranked documents and keeps those that match: all that are there, or where only glosses decide those whose glosses
 * match. It goes round by round until there are enough, and no further than the bounds of the request.
 * @param documents in order; nothing for those of which it is known that they do not match
 */
export async function findMatches(
  deps: LoadDeps,
  tenant: TenantId,
  { query, compiled, analysis }: PreparedQuery,
  documents: readonly (RankedDocument | undefined)[],
  enough: number,
): Promise<FoundMatches> {
  const { mayLookAtMore = () => true } = deps;
  const candidates: Candidate[] = [];
  let checked = 0;
  const mayGoOn = () => !compiled.needsGloss || (mayLookAtMore() && !analysis.isSpent);
  while (checked < documents.length && candidates.length < enough && mayGoOn()) {
    const round = documents.slice(checked, checked + MAX_LOADED);
    const present = round.filter((document) => document !== undefined);
    if (present.length < round.length)
      await readAhead(
        deps,
        tenant,
        documents.slice(checked),
        Math.min(MAX_LOADED, enough - candidates.length),
      );
    const loaded = await loadCandidates(deps, tenant, present);
    if (!compiled.needsGloss) {
      candidates.push(...loaded);
      checked += round.length;
      continue;
    }
    const unread = loaded.findIndex(({ gloss }) => analysis.of(gloss) === undefined);
    const read = unread < 0 ? loaded : loaded.slice(0, unread);
    candidates.push(
      ...read
        .filter(({ gloss }) => glossMatches(query, compiled, analysis.of(gloss)!))
        .map((candidate) =>
          inItsTier(candidate, compiled, () => glossHasAll(query, compiled, analysis.of(candidate.gloss)!)),
        ),
    );
    checked += unread < 0 ? round.length : round.indexOf(loaded[unread]!.document);
  }
  return { candidates, checked };
}

/** Where rounds have few documents, reads those at once that there may be enough of: the glosses of a request are read once. */
async function readAhead(
  { glosses }: LoadDeps,
  tenant: TenantId,
  documents: readonly (RankedDocument | undefined)[],
  count: number,
): Promise<void> {
  const next = documents.filter((document) => document !== undefined).slice(0, count);
  if (next.length > 0) await glosses.ofStates(tenant, next);
}

/** The index cannot tell whether a picture has a phrase: only glosses tell whether it has all that is asked for. */
function inItsTier(candidate: Candidate, { everyWord }: CompiledQuery, hasAll: () => boolean): Candidate {
  const { document } = candidate;
  return !everyWord || document.tier > 0 || hasAll()
    ? candidate
    : { ...candidate, document: { ...document, tier: document.tier + 1 } };
}
