/** One thing that was looked for. */
export interface Check {
  readonly name: string;
  /** False: only some verbs need it. */
  readonly required: boolean;
  readonly found: boolean;
  /** What was found, or what is missing. */
  readonly detail: string;
  /** The command that mends it; null when nothing needs mending. */
  readonly mend: string | null;
}
