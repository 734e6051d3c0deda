import yargs, { type Argv } from 'yargs';
import { SETTINGS } from './config/settings.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';
import { InputError } from './input-error.ts';
import { suggestion } from './nearest.ts';
import type { Flag, Verb, VerbGroup } from './verb.ts';

/** A verb and the values given for it, as text. */
export interface Call {
  readonly verb: Verb;
  readonly given: ReadonlyMap<string, unknown>;
}

function helpText(flag: Flag): string {
  const choices = flag.choices === undefined ? '' : ` (${flag.choices.join('|')})`;
  const fallback = flag.default === undefined ? '' : ` (default ${String(flag.default)})`;
  return `${flag.summary}${choices}${fallback}${flag.required === true ? ' (required)' : ''}`;
}

function declareFlags<T>(argv: Argv<T>, flags: Readonly<Record<string, Flag>>, group: string): void {
  for (const [name, flag] of Object.entries(flags)) {
    // Values stay text here, so that a message can quote them; flagValue gives them their type.
    const shown = { describe: helpText(flag), group, hidden: flag.hidden === true };
    if (flag.type === 'boolean') argv.option(name, { ...shown, boolean: true });
    else argv.option(name, { ...shown, string: true, requiresArg: true, nargs: 1 });
  }
}

function pattern(verb: Verb): string {
  const words = verb.positionals.map(({ name, required, many }) => {
    const word = many === true ? `${name}..` : name;
    return required ? `<${word}>` : `[${word}]`;
  });
  return [verb.name, ...words].join(' ');
}

function declareVerb<T>(parent: Argv<T>, path: string, verb: Verb, found: (call: Call) => void): void {
  parent.command(
    pattern(verb),
    verb.summary,
    (argv) => {
      for (const { name, summary } of verb.positionals) argv.positional(name, { describe: summary, type: 'string' });
      declareFlags(argv, verb.flags, 'Flags:');
      for (const [call, effect] of verb.examples) argv.example(`orrery ${path}${call}`, effect);
      return argv;
    },
    (argv) => {
      const names = [...verb.positionals.map(({ name }) => name), ...Object.keys(verb.flags), ...Object.keys(GLOBAL_FLAGS)];
      const values: Readonly<Record<string, unknown>> = argv;
      found({ verb, given: new Map(names.filter((name) => values[name] !== undefined).map((name) => [name, values[name]])) });
    },
  );
}

/** Turns the parser's complaint into one line with a mend; `words` are the arguments as typed. */
function complaint(message: string, words: readonly string[], tree: readonly (Verb | VerbGroup)[]): string {
  const group = tree.find((entry) => 'verbs' in entry && words.includes(entry.name));
  const verbs = group !== undefined && 'verbs' in group ? group.verbs : tree;
  const verb = verbs.find((entry): entry is Verb => 'flags' in entry && words.includes(entry.name));
  const path = ['orrery', group?.name, verb?.name].filter((word) => word !== undefined).join(' ');
  const unknown = /^Unknown (?:argument|command|option)s?: ([^,]+)/.exec(message)?.[1]?.trim();
  if (unknown !== undefined) {
    const asFlag = words
      .map((word) => word.replace(/=.*/s, ''))
      .find((word) => word.startsWith('-') && word.replace(/^-+/, '') === unknown);
    if (asFlag !== undefined) {
      const secret = SETTINGS.find(({ key, only }) => only !== undefined && key === unknown);
      if (secret !== undefined) return `${asFlag}: is read from the environment alone: set ${secret.env}`;
      const names = [...Object.keys(verb?.flags ?? {}), ...Object.keys(GLOBAL_FLAGS), 'help'].map((name) => `--${name}`);
      return `unknown flag ${asFlag}: ${suggestion(`--${unknown}`, names)}`;
    }
    if (verb !== undefined) return `unexpected "${unknown}" after ${verb.name}: see ${path} --help`;
    const known = verbs.map(({ name }) => name);
    return `unknown verb "${unknown}": ${suggestion(unknown, known)}`;
  }
  const missing = /^(?:Not enough arguments following|Missing argument value): (.+)$/.exec(message)?.[1];
  if (missing !== undefined) return `--${missing} needs a value`;
  if (verb !== undefined && message.startsWith('Not enough non-option arguments'))
    return `too few words: ${path.replace(/[^ ]+$/, pattern(verb))}`;
  return `${message.split('\n')[0] ?? message}: see ${path} --help`;
}

/** The parser would read any word but true as false. */
function checkBooleans(call: Call | null, words: readonly string[]): void {
  for (const [name, { type }] of Object.entries({ ...call?.verb.flags, ...GLOBAL_FLAGS })) {
    if (type !== 'boolean') continue;
    const word = words.find((text) => text.startsWith(`--${name}=`) && !/=(?:true|false)$/.test(text));
    if (word !== undefined) throw new InputError(`${word.replace('=', ' ')}: takes true or false`);
  }
}

/**
 * Reads the command line. Returns null when help or the version was asked for and has been printed.
 * @throws InputError for an unknown verb or flag, or a missing word
 */
export function parseCommandLine(words: readonly string[], tree: readonly (Verb | VerbGroup)[], version: string): Call | null {
  let call: Call | null = null;
  const found = (next: Call): void => void (call = next);
  const argv = yargs([...words])
    .scriptName('orrery')
    .usage('orrery <verb> [flags]')
    .locale('en')
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'boolean-negation': false,
      'short-option-groups': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .exitProcess(false)
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .version(version)
    .help()
    .strict()
    .demandCommand(1, 'name a verb')
    .epilogue('Exit codes: 0 fine, 1 failed at work, 2 wrong input, 130 interrupted.')
    .fail((message, error) => {
      if (error instanceof Error && error.name !== 'YError') throw error;
      throw new InputError(complaint(message ?? error.message, words, tree));
    });
  declareFlags(argv, GLOBAL_FLAGS, 'Flags of every verb:');
  for (const entry of tree) {
    if (!('verbs' in entry)) declareVerb(argv, '', entry, found);
    else {
      argv.command(entry.name, entry.summary, (sub) => {
        for (const verb of entry.verbs) declareVerb(sub, `${entry.name} `, verb, found);
        return sub.demandCommand(1, `name one of ${entry.verbs.map(({ name }) => name).join(', ')}`);
      });
    }
  }
  argv.parseSync();
  checkBooleans(call, words);
  return call;
}
