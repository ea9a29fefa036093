/** The one function of pacote that is used here; the package has no types of its own. */
declare module 'pacote' {
  interface FetchOptions {
    /** Subresource integrity of the tarball; another one fails with EINTEGRITY. */
    readonly integrity: string;
    readonly registry?: string;
    readonly fetchRetries?: number;
    readonly fetchRetryFactor?: number;
    readonly fetchRetryMintimeout?: number;
    readonly fetchRetryMaxtimeout?: number;
  }
  const pacote: {
    readonly tarball: {
      /** Calls `handler` with the tarball, and once more with a fresh one if the first fails its integrity check. */
      stream<T>(
        spec: string,
        handler: (tarball: AsyncIterable<Buffer>) => Promise<T>,
        options: FetchOptions,
      ): Promise<T>;
    };
  };
  export default pacote;
}
