import { vi } from 'vitest';

/** What a function writes meanwhile, as JSON: log lines, and metrics among them. */
export async function logLines(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const writes = [process.stdout, process.stderr].map((out) => vi.spyOn(out, 'write').mockReturnValue(true));
  const prints = (['log', 'warn', 'error'] as const).map((way) =>
    vi.spyOn(console, way).mockReturnValue(undefined),
  );
  try {
    await work();
    const calls: unknown[][] = [...writes, ...prints].flatMap(({ mock }) => mock.calls);
    const lines = calls.flatMap(([text]) => String(text).split('\n'));
    return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as never);
  } finally {
    for (const spy of [...writes, ...prints]) spy.mockRestore();
  }
}
