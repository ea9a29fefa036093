/** Stands for `node:crypto` (tsconfig.json): types of the API lead to a module that runs in Node alone. */
interface Hash {
  update(data: string): Hash;
  digest(encoding: 'hex'): string;
}
export function createHash(algorithm: string): Hash;
