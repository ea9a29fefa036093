/** An error for the person at the terminal: one line that says what is wrong and what to do next. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** A stable word for programs, in the object that --json prints. */
  readonly code: string;
  /** Lines below the message. */
  hint = '';

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
