/** A key that was ended, by its hash: neither the key nor whose it was is kept. */
export interface EndedKey {
  /** SHA-256 of the key, 64 hexadecimal digits. */
  readonly hash: string;
  /** From when on it opens nothing. */
  readonly endsAtMs: number;
  readonly recordedAtMs: number;
}

/**
 * Keys that were revoked or given an end, kept in another table than keys are: where the table of keys is restored to an earlier time,
 * those that were ended since must not open anything again.
 */
export interface EndedKeys {
  /** The earliest end of a key counts. */
  add(ended: EndedKey): Promise<void>;
  /** A page in order of hash; `next` is absent on the last page. */
  list(page: { readonly limit: number; readonly after?: string }): Promise<{
    readonly ended: readonly EndedKey[];
    readonly next?: string;
  }>;
  remove(hash: string): Promise<void>;
}
