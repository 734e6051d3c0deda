import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { InputError } from '../input-error.ts';
import { isMissing } from '../store/is-missing.ts';
import { sha256 } from '../store/sha256.ts';

/**
 * Reads one of the venue's dated tables.
 * @param verb `orrery data <verb>` fetches such a file anew
 * @throws InputError when it is not there, no JSON, or not of the schema; one line that names file, field and mend
 */
export async function readSnapshotFile<T>(
  path: string,
  schema: z.ZodType<T>,
  verb: 'filters' | 'brackets',
): Promise<{ readonly content: T; readonly sha256: string }> {
  const mend = `restore the file, or fetch a new one with: orrery data ${verb}`;
  const bytes = await readFile(path).catch((cause: unknown) => {
    if (isMissing(cause)) throw new InputError(`${path}: does not exist; ${mend}`);
    throw cause;
  });
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString());
  } catch {
    throw new InputError(`${path}: is not JSON; ${mend}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { content: parsed.data, sha256: sha256(bytes) };
  const issue = parsed.error.issues[0];
  throw new InputError(`${path}: field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'invalid'}; ${mend}`);
}
