import type { ImageId, ImageState, Sequencer } from '../../domain/ids.ts';
import { hex } from '../bytes/byte-reader.ts';

/** What a segment stores about a document, apart from its terms: the state of the image that the words are from, and how many there are. */
export interface DocumentEntry extends ImageState {
  readonly docLen: number;
}

const ID_BYTES = 16;

/** The documents of a segment by docId, in columns: a merge holds millions of them. */
export class DocumentTable {
  readonly count: number;
  readonly docLens: Uint32Array;
  readonly #imageIds: Buffer;
  readonly #sequencers: Buffer;

  private constructor(count: number) {
    this.count = count;
    this.docLens = new Uint32Array(count);
    this.#imageIds = Buffer.alloc(count * ID_BYTES);
    this.#sequencers = Buffer.alloc(count * ID_BYTES);
  }

  /** @param entries exactly `count` of them */
  static from(entries: Iterable<DocumentEntry>, count: number): DocumentTable {
    const table = new DocumentTable(count);
    let docId = 0;
    for (const { imageId, sequencer, docLen } of entries) {
      table.#imageIds.write(imageId, docId * ID_BYTES, 'hex');
      table.#sequencers.write(sequencer, docId * ID_BYTES, 'hex');
      table.docLens[docId] = docLen;
      docId += 1;
    }
    return table;
  }

  at(docId: number): DocumentEntry {
    const start = docId * ID_BYTES;
    return {
      imageId: this.imageIdAt(docId),
      sequencer: hex(this.#sequencers.subarray(start, start + ID_BYTES)).toUpperCase() as Sequencer,
      docLen: this.docLens[docId]!,
    };
  }

  imageIdAt(docId: number): ImageId {
    return hex(this.#imageIds.subarray(docId * ID_BYTES, (docId + 1) * ID_BYTES)) as ImageId;
  }

  /** The first 32 bits of the image id. Image ids are hashes, so these are evenly distributed. */
  idPrefixAt(docId: number): number {
    return this.#imageIds.readUInt32BE(docId * ID_BYTES);
  }

  /** Documents from `start` to before `end`. */
  slice(start: number, end: number): DocumentEntry[] {
    return Array.from({ length: Math.max(0, Math.min(end, this.count) - start) }, (_, i) =>
      this.at(start + i),
    );
  }

  get totalLen(): number {
    return this.docLens.reduce((sum, docLen) => sum + docLen, 0);
  }
}
