import type { Settings } from './config/resolve-settings.ts';
import type { Source } from './config/setting.ts';

/** A flag of a verb, without its dashes. Values may also come from a configuration file under the same name. */
export interface Flag {
  /** `list`: comma-separated and repeatable; `repeat`: repeatable, commas are kept. */
  readonly type: 'string' | 'number' | 'boolean' | 'list' | 'repeat';
  readonly summary: string;
  readonly default?: string | number | boolean;
  readonly choices?: readonly string[];
  readonly required?: boolean;
  /** Known, and not shown in help. */
  readonly hidden?: boolean;
}
/** A word after the verb: `<run>` or, when it may be left out, `[run]`; the last one may take several. */
export interface Positional {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  readonly many?: boolean;
}
/** A flag's value once parsed. Only `list` and `repeat` give arrays. */
export type FlagValue = string | number | boolean | readonly string[];

/** The flags and positionals of one call: each value has the type that the verb declared. A flag that was not given is absent. */
export interface Flags {
  readonly string: (name: string) => string | undefined;
  readonly number: (name: string) => number | undefined;
  readonly boolean: (name: string) => boolean;
  readonly list: (name: string) => readonly string[];
  /** Like `string`, for a flag that is required or has a default. Throws a plain Error when the verb's declaration says otherwise. */
  readonly text: (name: string) => string;
  /** Where a flag's value comes from; 'default' also for one that has none. */
  readonly source: (name: string) => Source;
}

/** What a verb may use of the world around it. */
export interface VerbContext {
  /** Aborted by the first Ctrl-C. A verb that never reads it is ended by Ctrl-C at once; one that does has to let the event loop turn. */
  readonly signal: AbortSignal;
  /** True when stdout must hold one JSON document and nothing else. */
  readonly json: boolean;
  readonly verbose: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The settings that concern the verb, and the folders. */
  readonly settings: Settings;
  /** Absolute path of the data root: `--data`, else ORRERY_DATA, else `datasets` in the working directory. */
  readonly dataRoot: string;
  /** A line for people on stdout; dropped with `--json`. */
  readonly print: (line: string) => void;
  /** The one JSON document on stdout; dropped without `--json`. */
  readonly document: (value: unknown) => void;
  /** A line on stderr. */
  readonly log: (line: string) => void;
}

/** The heavy half of a verb, imported only when it is called. Returns the exit code; nothing means 0. */
export interface VerbModule {
  readonly run: (flags: Flags, context: VerbContext) => Promise<number | void> | number | void;
}
/** The light half of a verb: what `--help` shows. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly positionals: readonly Positional[];
  readonly flags: Readonly<Record<string, Flag>>;
  /** Keys of the settings that concern it. Their flags are among its flags; their values are in the context. */
  readonly settings?: readonly string[];
  /** A call and what it does. */
  readonly examples: readonly (readonly [call: string, effect: string])[];
  /** True where Ctrl-C is the ordinary end, and no interruption. */
  readonly endsOnInterrupt?: true;
  /** True for a verb that reports on settings itself, and takes the configuration file of any verb. */
  readonly showsSettings?: true;
  readonly load: () => Promise<VerbModule>;
}
/** A word with verbs of its own: `runs list`. */
export interface VerbGroup {
  readonly name: string;
  readonly summary: string;
  readonly verbs: readonly Verb[];
}
