/** npm passes a signal on that the terminal has sent to everybody, so that one Ctrl-C comes twice. */
const SAME_PRESS_MS = 500;

/** Resolves at the first Ctrl-C or SIGTERM. The second ends the process at once. */
export function onInterrupt(): Promise<void> {
  return new Promise((resolve) => {
    let firstAtMs: number | undefined;
    const onSignal = () => {
      firstAtMs ??= performance.now();
      if (performance.now() - firstAtMs > SAME_PRESS_MS) process.exit(130);
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
