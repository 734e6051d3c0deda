/** How a run of the program ended, as its exit code. */
export const EXIT = { fine: 0, failed: 1, wrongInput: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code for an error: wrong input is told by its name, as every package has a class of its own for it. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof Error && error.name === 'InputError' ? EXIT.wrongInput : EXIT.failed;
}

/** What to print about an error: one line, or with `verbose` its stack and the stacks of its causes. */
export function errorText(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (!verbose) return error.message.trim().replaceAll(/\s*\n\s*/g, ' ') || error.name;
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\ncaused by: ${errorText(error.cause, true)}`;
}
