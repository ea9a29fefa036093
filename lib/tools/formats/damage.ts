/** What happens to files: five kinds of damage, the same for every format. */
export const DAMAGES: Readonly<Record<string, (file: Buffer) => Buffer>> = {
  'lacks its last twentieth': (file) => file.subarray(0, 0.95 * file.length),
  'cut in half': (file) => file.subarray(0, file.length / 2),
  'first 64 bytes alone': (file) => file.subarray(0, 64),
  'zeros from two thirds on': (file) => Buffer.from(file).fill(0, Math.floor((2 * file.length) / 3)),
  '64 bytes of the middle written over': (file) =>
    Buffer.from(file).fill(0x5a, file.length >> 1, (file.length >> 1) + 64),
};
