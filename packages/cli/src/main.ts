#!/usr/bin/env node
import process from 'node:process';
import { EXIT } from './exit-code.ts';
import { watchInterrupt } from './interrupt.ts';
import { runProgram } from './program.ts';

// A reader such as `head` that has seen enough closes the pipe: nothing is wrong, and nothing is left to do.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT.fine : EXIT.failed);
  });
}

const code = await runProgram(process.argv.slice(2), watchInterrupt());
// Sockets kept open for reuse must not hold the program back, and what was written must reach the reader before it ends.
process.stdout.write('', () => process.exit(code));
