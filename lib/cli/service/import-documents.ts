import { DocumentsAnswer } from '../../api/documents/schema.ts';
import type { DocumentJson, LocalDocument } from '../../files/read-documents.ts';
import { refusalOf, sendInParts, type Refusal } from './send-in-parts.ts';
import { ask, type ApiSession } from './session.ts';
import { waitUntilSearchable } from './wait-until-searchable.ts';

/** A document that the service did not take. */
interface RefusedDocument {
  readonly id: string;
  readonly lines: readonly number[];
  readonly reason: string;
}

interface ImportReport {
  readonly imported: number;
  /** Of the imported ones; 0 unless they were waited for. */
  readonly searchable: number;
  readonly refused: readonly RefusedDocument[];
  /** Neither taken nor refused, since the command ended before. */
  readonly notSent: number;
  /** Why it ended before all was done; what it did stays. */
  readonly stopped?: Refusal;
  /** The line of the first document that was not sent. */
  readonly firstNotSentLine?: number;
}

const BATCH_DOCUMENTS = 100;
const BATCH_BYTES = 900_000;

/**
 * Sends documents whose words exist already and, if wanted, waits until they are searchable. Whatever ends it, what was done
 * is told.
 */
export async function sendDocuments(
  session: ApiSession,
  documents: readonly LocalDocument[],
  wait: boolean,
): Promise<ImportReport> {
  const { progress } = session;
  const images: { readonly id: string; readonly name: string }[] = [];
  const refused: RefusedDocument[] = [];
  progress.phase('imported', documents.length);
  let searchable = 0;
  let stopped: Refusal | undefined;
  try {
    for (const batch of batchesOf(documents)) {
      const answers = await sendInParts(batch, async (part) => {
        const body = { documents: part.map(({ document }) => document) };
        return (await ask(session, '/v1/documents', DocumentsAnswer, body)).images;
      });
      for (const [i, { document, lines }] of batch.entries()) {
        const answer = answers[i]!;
        if ('refusal' in answer) refused.push({ id: document.id, lines, reason: answer.refusal.reason });
        else images.push({ id: answer.id, name: document.id });
      }
      progress.update(images.length + refused.length);
    }
  } catch (error) {
    stopped = refusalOf(error);
  }
  const sent = images.length + refused.length;
  if (wait) {
    progress.phase('searchable', images.length);
    try {
      const states = await waitUntilSearchable(session, images, (count) => progress.update(count));
      searchable = [...states.values()].filter(({ status }) => status === 'searchable').length;
    } catch (error) {
      stopped ??= refusalOf(error);
    }
  }
  progress.stop();
  return {
    imported: images.length,
    searchable,
    refused,
    notSent: documents.length - sent,
    ...(stopped && { stopped }),
    ...(documents[sent] && { firstNotSentLine: documents[sent].lines[0]! }),
  };
}

/** As many documents as a request may have, by number and by bytes; one that is too large alone goes alone. */
export function* batchesOf(documents: readonly LocalDocument[]): Generator<LocalDocument[]> {
  let batch: LocalDocument[] = [];
  let bytes = 0;
  for (const document of documents) {
    const size = bytesOf(document.document);
    if (batch.length === BATCH_DOCUMENTS || (batch.length > 0 && bytes + size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(document);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** In the body of a request, with a comma. */
const bytesOf = (document: DocumentJson): number => Buffer.byteLength(JSON.stringify(document)) + 1;
