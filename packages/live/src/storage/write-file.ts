import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Writes a small file so that either the former or the new text is there, whenever the power fails. */
export function writeDurably(file: string, text: string): void {
  const temporary = `${file}.tmp-${process.pid}`;
  writeFileSync(temporary, text, { flush: true });
  renameSync(temporary, file);
  syncFolder(path.dirname(file));
}

/** Makes names that were created or changed in a folder durable. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
