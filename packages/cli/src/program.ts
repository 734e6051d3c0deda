import path from 'node:path';
import process from 'node:process';
import type { Settings } from './config/resolve-settings.ts';
import { EXIT, errorText, exitCodeOf } from './exit-code.ts';
import { flagsOf } from './flag-values.ts';
import type { Interrupt } from './interrupt.ts';
import { packageVersion } from './package-version.ts';
import { parseCommandLine } from './parse.ts';
import { resolveFlags } from './resolve-flags.ts';
import { writeOutput } from './terminal/output.ts';
import type { FlagValue, VerbContext } from './verb.ts';
import { VERBS } from './verbs/index.ts';

function contextOf(values: ReadonlyMap<string, FlagValue>, settings: Settings, interrupt: Interrupt): VerbContext {
  const json = values.get('json') === true;
  return {
    get signal() {
      return interrupt.signal();
    },
    json,
    verbose: values.get('verbose') === true,
    env: process.env,
    settings,
    dataRoot: path.resolve(settings.text('data') ?? ''),
    print: (line) => void (json || writeOutput(`${line}\n`)),
    document: (value) => void (json && writeOutput(`${JSON.stringify(value, null, 2)}\n`)),
    log: (line) => void process.stderr.write(`${line}\n`),
  };
}

/** Runs one command line to its end and returns the exit code; errors are printed here and nowhere else. */
export async function runProgram(words: readonly string[], interrupt: Interrupt): Promise<number> {
  let verbose = words.includes('--verbose');
  try {
    const call = parseCommandLine(words, VERBS, packageVersion());
    if (call === null) return EXIT.fine;
    const { values, sources, settings } = await resolveFlags(call, process.env);
    verbose = values.get('verbose') === true;
    const verb = await call.verb.load();
    const code = await verb.run(flagsOf(values, sources), contextOf(values, settings, interrupt));
    const isCutShort = interrupt.isAborted() && call.verb.endsOnInterrupt !== true;
    return isCutShort ? EXIT.interrupted : (code ?? EXIT.fine);
  } catch (error) {
    if (interrupt.isAborted()) {
      process.stderr.write('orrery: interrupted\n');
      return EXIT.interrupted;
    }
    process.stderr.write(`orrery: ${errorText(error, verbose)}\n`);
    return exitCodeOf(error);
  }
}
