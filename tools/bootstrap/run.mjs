import { spawn } from 'node:child_process';
import os from 'node:os';
import process from 'node:process';

/**
 * Runs a program on this terminal and resolves to its exit code. A signal sent to this process reaches the program too, and a
 * program that ended by a signal counts 128 + the signal's number, as shells count it.
 */
export function runAndMirror(file, args, options) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options });
    // A terminal sends Ctrl-C to the whole group: the program gets it by itself and decides how to end; we only wait for it.
    const ignore = () => {};
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', ignore);
    process.on('SIGTERM', forward);
    process.on('SIGHUP', forward);
    const finish = (code) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', forward);
      process.off('SIGHUP', forward);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(`cannot run ${file}: ${error.message}`);
      finish(1);
    });
    child.on('exit', (code, signal) => finish(signal === null ? (code ?? 1) : 128 + os.constants.signals[signal]));
  });
}

/** Runs a program silently; resolves to its exit code and what it printed on either stream. */
export function runAndCapture(file, args, options) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const streams = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8');
      child[name].on('data', (chunk) => (streams[name] += chunk));
    }
    child.on('error', (error) => resolve({ ...streams, code: 1, stderr: `${streams.stderr}\n${error.message}` }));
    child.on('close', (code) => resolve({ ...streams, code: code ?? 1 }));
  });
}
