/**
 * The SDK waits minutes for an answer, or for ever; a function lives for one. These are times without a byte, after
 * which a request is tried again.
 */
export const CONNECT_MS = 2_000;
export const QUICK = { connectionTimeout: CONNECT_MS, socketTimeout: 5_000 };
