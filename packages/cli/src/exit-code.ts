/** How a run of the program ended, as its exit code. */
export const EXIT = { fine: 0, failed: 1, wrongInput: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code for an error: wrong input is told by its name, as every package has a class of its own for it. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof Error && error.name === 'InputError' ? EXIT.wrongInput : EXIT.failed;
}

/** What the system's refusals mean to a user, and what mends them. */
const SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk; free some, then run it again',
  EDQUOT: 'the disk quota is used up; free some space, then run it again',
  EACCES: 'this user may not; change its permissions, or name another place',
  EPERM: 'this user may not; change its owner or permissions, or name another place',
  EROFS: 'the file system is read-only; name another place',
  EMFILE: 'too many files are open; raise the limit (ulimit -n), then run it again',
};

function systemText(error: NodeJS.ErrnoException): string | null {
  const mend = SYSTEM[error.code ?? ''];
  if (mend === undefined) return null;
  return `${error.path ?? error.syscall ?? 'system'}: ${mend} (${error.code})`;
}

/** What to print about an error: one line, or with `verbose` its stack and the stacks of its causes. */
export function errorText(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (!verbose) return (systemText(error) ?? error.message).trim().replaceAll(/\s*\n\s*/g, ' ') || error.name;
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\ncaused by: ${errorText(error.cause, true)}`;
}
