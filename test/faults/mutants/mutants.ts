/** A line of the product that is taken out or turned around, and the tests that must notice. */
export interface Mutant {
  /** What it breaks. */
  readonly name: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly from: string;
  readonly to: string;
  /** Each of these test files fails. */
  readonly tests: readonly string[];
}

const RACES = 'test/integration/steps/index/commit-races.test.ts';
const DROPS = 'test/integration/steps/index/drop-segments.test.ts';
const CONCURRENT = 'test/e2e/concurrent-index.test.ts';
const REINDEX = 'test/integration/steps/index/reindex.test.ts';
const OWN_WRITES = 'test/integration/adapters/own-writes.test.ts';
const FAULTS = 'test/faults/faults.test.ts';
const GROUPS = 'test/unit/functions/shared/group-by-tenant.test.ts';
const COMES_BACK = 'test/faults/comes-back.test.ts';
const PURGE_CLAIMS = 'test/integration/steps/tenants/purge-claims.test.ts';
const DEAD_LETTERS = 'test/faults/dead-letters.test.ts';
const LANGUAGE_CHANGE = 'test/faults/language-change.test.ts';
const LOST_WORDS = 'test/faults/lost-words.test.ts';
const WORDS_OF_NOBODY = 'test/faults/words-of-nobody.test.ts';
const SWEEPS = 'test/faults/sweeps-go-on.test.ts';
const WRONG_SUMS = 'test/faults/wrong-sums.test.ts';
const ANSWERS = 'test/e2e/describe-faults.test.ts';
const RESERVATIONS = 'test/contract/reservations.test.ts';

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a claim of its own is no claim of its own once another commit came after it',
    file: 'lib/steps/index/merge-segments.ts',
    from: 'if (current.merges.some(isMine)) return Promise.resolve(undefined);',
    to: 'if (current.merges.some(isMine) && now < 0) return Promise.resolve(undefined);',
    tests: [RACES],
  },
  {
    name: 'a late removal takes the thumbnails of a later state',
    file: 'lib/steps/images/remove-image.ts',
    from: 'return state === undefined || state <= sequencer;',
    to: 'return state === undefined || state.length > 0;',
    tests: [RACES],
  },
  {
    name: 'what a lost manifest named stays',
    file: 'lib/steps/index/reindex.ts',
    from: "await goOn(deps, { tenant, rebuild: id, leftovers: '' }, DROP_DELAY_SEC);",
    to: '',
    tests: [REINDEX],
  },
  {
    name: 'a rebuild takes more at once than fits into memory',
    file: 'lib/steps/index/reindex.ts',
    from: 'isFull = gloss !== undefined && !budget.takes(gloss);',
    to: 'isFull = gloss !== undefined && !budget.takes(gloss) && seen.length < 0;',
    tests: [REINDEX],
  },
  {
    name: 'a merge forgets what was deleted while it read',
    file: 'lib/steps/index/merge-segments.ts',
    from: 'const merged = entry && (await carryDeletions(writer, index, run, chosen, entry, maps));',
    to: 'const merged = entry && (maps.length < 0 ? await carryDeletions(writer, index, run, chosen, entry, maps) : entry);',
    tests: [RACES, CONCURRENT],
  },
  {
    name: 'a removal does not reach the index',
    file: 'lib/steps/images/remove-image.ts',
    from: 'await new IndexWriter(deps, tenant).delete(indexed);',
    to: '',
    tests: [CONCURRENT, FAULTS],
  },
  {
    name: 'new words do not take the place of old ones',
    file: 'lib/steps/index/index-writer.ts',
    from: 'const kept = await this.#withDeleted(index, replaced);',
    to: 'const kept = await this.#withDeleted(index, replaced.slice(0, 0));',
    tests: [CONCURRENT, FAULTS],
  },
  {
    name: 'a commit does not look whether another came before',
    file: 'lib/adapters/dynamo-manifests.ts',
    from: "{ expression: 'version = :before', values: { ':before': { N: String(before) } } }",
    to: "{ expression: 'attribute_exists(pk)' }",
    tests: [RACES, CONCURRENT],
  },
  {
    name: 'what is made again beside the index lacks what comes meanwhile',
    file: 'lib/steps/index/index-writer.ts',
    from: 'other ? { ...rebuild, segments: other } : freshRebuild(rebuild)',
    to: 'other ? rebuild : freshRebuild(rebuild)',
    tests: [REINDEX],
  },
  {
    name: 'a record is written over a newer one',
    file: 'lib/adapters/own-writes.ts',
    from: "{ expression: 'revision = :before', values: { ':before': { N: String(before) } } }",
    to: "{ expression: 'attribute_exists(pk)' }",
    tests: [OWN_WRITES],
  },
  {
    name: "a writer takes its own write for another's",
    file: 'lib/adapters/own-writes.ts',
    from: 'return isRetried(error) && isDone();',
    to: 'return !isRetried(error) && isDone();',
    tests: [OWN_WRITES],
  },
  {
    name: 'a segment is written before its drop is announced, and a writer that dies leaves it',
    file: 'lib/steps/index/index-writer.ts',
    from: 'await announceDrops(mergeQueue, this.#tenant, [id]);',
    to: 'await announceDrops(mergeQueue, this.#tenant, []);',
    tests: [RACES],
  },
  {
    name: 'a segment is dropped at the first look, right after its replacement',
    file: 'lib/steps/index/drop-segments.ts',
    from: 'if (again) for',
    to: 'if (again !== undefined || unnamed.length > 0) for',
    tests: [DROPS, CONCURRENT],
  },
  {
    name: 'a deletion that fails keeps its claim, and its messages send each other anew',
    file: 'lib/steps/tenants/purge-tenant.ts',
    from: 'await finish(deps, id, by, removed).catch(() => undefined);',
    to: '',
    tests: [DEAD_LETTERS],
  },
  {
    name: 'a message that failed comes back before the claim of its worker has ended',
    file: 'functions/shared/come-back.ts',
    from: 'leavesClaim ? BEHIND_CLAIM_SEC : soonSec',
    to: 'soonSec',
    tests: [DEAD_LETTERS],
  },
  {
    name: 'an arrival ends a reservation that was made anew meanwhile',
    file: 'lib/adapters/dynamo-reservations.ts',
    from: "      ConditionExpression: 'writer = :seen',\n      ExpressionAttributeValues: { ':seen': item['writer']! },",
    to: '',
    tests: [RESERVATIONS],
  },
  {
    name: 'what was invited again meanwhile is released, too',
    file: 'lib/adapters/dynamo-reservations.ts',
    from: 'filter(({ writer }) => seen.has(writer!.S))',
    to: 'filter(() => seen.size > 0)',
    tests: [RESERVATIONS],
  },
  {
    name: 'a transaction that meets another one is not tried again',
    file: 'lib/adapters/dynamo-transaction.ts',
    from: 'if (!codes.some((code) => BUSY_CODES.has(code)))',
    to: 'if (codes.length > 0)',
    tests: ['test/integration/adapters/busy-items.test.ts'],
  },
  {
    name: 'a client does not set the clock of its instance',
    file: 'functions/shared/clients.ts',
    from: '  clock.follow(client);',
    to: '',
    tests: ['test/integration/functions/clock-of-clients.test.ts'],
  },
  {
    name: 'the work of one tenant that ends the process comes before that of the others each time',
    file: 'functions/shared/group-by-tenant.ts',
    from: '(delivery % 2 === 0 ? some.toReversed() : some)',
    to: '(delivery % 2 === 2 ? some.toReversed() : some)',
    tests: [GROUPS],
  },
  {
    name: 'what comes back is handled in pieces as large as before',
    file: 'functions/shared/group-by-tenant.ts',
    from: 'isAlone ? 1 : Math.ceil(some.length / SMALLER ** (delivery - 1))',
    to: 'isAlone ? some.length : some.length + 0 * SMALLER',
    tests: [GROUPS, COMES_BACK],
  },
  {
    name: 'what ends the process comes back with the rest of its batch',
    file: 'functions/shared/keep-apart.ts',
    from: 'visibilitySec + APART_SEC',
    to: 'visibilitySec + 0 * APART_SEC',
    tests: [COMES_BACK],
  },
  {
    name: 'work fails for want of bookkeeping for another tenant',
    file: 'functions/shared/flush-units.ts',
    from: '      } catch (error) {\n        noteUnwritten(tenant, error);\n      }\n    }),',
    to: '      } catch (error) {\n        noteUnwritten(tenant, error);\n        throw error;\n      }\n    }),',
    tests: [COMES_BACK],
  },
  {
    name: 'a worker whose claim is taken over writes the proof of a deletion',
    file: 'lib/steps/tenants/purge-tenant.ts',
    from: 'isMine = purge?.by === by;',
    to: 'isMine = purge !== undefined && by.length > 0;',
    tests: [PURGE_CLAIMS],
  },
  {
    name: 'a picture waits behind the load of its own tenant',
    file: 'lib/steps/images/admit-uploads.ts',
    from: '...(ofFew.has(upload.imageId) && { ofFew: true as const }),',
    to: '...(ofFew.size < 0 && { ofFew: true as const }),',
    tests: ['test/e2e/admission.test.ts'],
  },
  {
    name: 'many documents wait with single ones',
    file: 'lib/steps/images/import-documents.ts',
    from: 'isLoad(documents.length) || bytes > FEW_BYTES',
    to: 'isLoad(documents.length)',
    tests: ['test/e2e/admission.test.ts'],
  },
  {
    name: 'an index stays in another language than its tenant',
    file: 'lib/steps/index/start-reindex.ts',
    from: '=== language ? undefined : { language };',
    to: '=== language ? undefined : undefined;',
    tests: [LANGUAGE_CHANGE],
  },
  {
    name: 'words that are left of a lost record pass for the later state',
    file: 'lib/steps/images/describe-anew.ts',
    from: 'sequencerAfter(known, found.storedAtMs)',
    to: 'sequencerAfter(sequencer, found.storedAtMs)',
    tests: [LOST_WORDS],
  },
  {
    name: 'words of an older state pass for those of an image',
    file: 'lib/steps/images/lost-words.ts',
    from: 'gloss?.sequencer !== sequencer',
    to: 'gloss === undefined && sequencer.length > 0',
    tests: [LOST_WORDS],
  },
  {
    name: 'a lost record of imported words stays lost',
    file: 'lib/steps/images/restore-imports.ts',
    from: 'if (isUnreadable(gloss) || !isImported(gloss)) continue;',
    to: 'if (isUnreadable(gloss) || isImported(gloss)) continue;',
    tests: [WORDS_OF_NOBODY],
  },
  {
    name: 'words of a picture that is gone stay in a restored index',
    file: 'lib/steps/sweep/settle-orphans.ts',
    from: '(await isOfNothing(deps, account, gloss))',
    to: '!(await isOfNothing(deps, account, gloss))',
    tests: [WORDS_OF_NOBODY],
  },
  {
    name: 'an index that cannot take what waits for it passes for right',
    file: 'lib/steps/sweep/compare-index.ts',
    from: "old.filter(({ status }) => status === 'described').map",
    to: "old.filter(({ status }) => status === 'described' && nowMs < 0).map",
    tests: [SWEEPS],
  },
  {
    name: 'a sweep ends where the index cannot take a removal',
    file: 'lib/steps/sweep/sweep-images.ts',
    from: 'await noteHealth(healthBy(error));',
    to: 'if (healthBy(error) !== undefined) throw error;',
    tests: [SWEEPS],
  },
  {
    name: 'a sweep removes the original of what came meanwhile',
    file: 'lib/steps/sweep/sweep-images.ts',
    from: "after?.status === 'removed' && after.sequencer === sequencer",
    to: "after?.status !== 'failed' || after.sequencer === sequencer",
    tests: [SWEEPS],
  },
  {
    name: 'a deletion goes by the record alone',
    file: 'lib/steps/images/delete-images.ts',
    from: 'gloss && gloss.sequencer > sequencer ? gloss.sequencer : sequencer',
    to: 'gloss && gloss.sequencer < sequencer ? gloss.sequencer : sequencer',
    tests: [SWEEPS],
  },
  {
    name: 'sums are written whatever moved since they were read',
    file: 'lib/adapters/dynamo-totals.ts',
    from: "{ expression: 'moves = :moves', values: { ':moves': moves } }",
    to: "{ expression: 'attribute_exists(pk)' }",
    tests: [WRONG_SUMS],
  },
  {
    name: 'sums leave out a record that cannot be read',
    file: 'lib/steps/sweep/count-sums.ts',
    from: 'if (whole.length < own.length) return undefined;',
    to: '',
    tests: [WRONG_SUMS],
  },
  {
    name: 'a failure forgets which answers are counted',
    file: 'lib/domain/image-state.ts',
    from: "...(counted && progress.status === 'failed' && { counted }),",
    to: '',
    tests: [ANSWERS],
  },
  {
    name: 'answers about a picture that was replaced meanwhile count nothing',
    file: 'lib/steps/images/count-answers.ts',
    from: "(record.status === 'removed' || record.sequencer > sequencer)",
    to: "record.status === 'removed'",
    tests: [ANSWERS],
  },
];
