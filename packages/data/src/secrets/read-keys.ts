import { open } from 'node:fs/promises';
import { z } from 'zod';
import { InputError } from '../input-error.ts';
import type { Keys } from './keys.ts';

/** Where keys may come from. */
export interface KeySources {
  /** `--keys FILE`; goes before the environment. */
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const NAMES = { apiKey: 'BINANCE_API_KEY', secret: 'BINANCE_API_SECRET' } as const;
/** Permissions besides the owner's. */
const OTHERS = 0o077;

/**
 * The API keys: from a file (JSON with apiKey and secret, or lines BINANCE_API_KEY=… and BINANCE_API_SECRET=…) that only its
 * owner may read, else from the environment; undefined when there are none. No message holds a part of them.
 * @throws InputError when the file cannot be used, or one of the two is missing
 */
export async function readKeys({ file, env }: KeySources): Promise<Keys | undefined> {
  if (file !== undefined) return parseKeys(file, await readPrivate(file));
  const apiKey = env[NAMES.apiKey] ?? '';
  const secret = env[NAMES.secret] ?? '';
  if (apiKey === '' && secret === '') return undefined;
  if (apiKey === '') throw new InputError(`${NAMES.apiKey} is not set, ${NAMES.secret} is; set both`);
  if (secret === '') throw new InputError(`${NAMES.secret} is not set, ${NAMES.apiKey} is; set both`);
  return checked('the environment', { apiKey, secret });
}

/** The file is judged and read through one handle, so that it cannot be exchanged in between. */
async function readPrivate(file: string): Promise<string> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new InputError(`--keys ${file}: cannot be read (${codeOf(cause)}); check the path`);
  });
  try {
    const { mode, uid } = await handle.stat();
    if ((mode & OTHERS) !== 0) throw new InputError(`--keys ${file}: others may read it; run chmod 600 on it`);
    const user = process.getuid?.();
    if (user !== undefined && uid !== user) throw new InputError(`--keys ${file}: belongs to another user; use a file of your own`);
    return await handle.readFile('utf8').catch((cause: unknown) => {
      throw new InputError(`--keys ${file}: cannot be read (${codeOf(cause)}); give a plain file`);
    });
  } finally {
    await handle.close();
  }
}

const schema = z.object({ apiKey: z.string(), secret: z.string() });

function parseKeys(file: string, content: string): Keys {
  const text = content.trim();
  if (text.startsWith('{')) {
    const parsed = schema.safeParse(asJson(text));
    if (parsed.success) return checked(`--keys ${file}`, parsed.data);
    throw new InputError(`--keys ${file}: is no JSON object with the texts "apiKey" and "secret"; write it so`);
  }
  const values = new Map(
    text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const match = /^\s*(?:export\s+)?([A-Z_]+)\s*=\s*(["']?)(.*?)\2\s*$/.exec(line);
      return match === null ? [] : [[match[1] ?? '', match[3] ?? '']];
    }),
  );
  const apiKey = values.get(NAMES.apiKey);
  const secret = values.get(NAMES.secret);
  if (apiKey === undefined || secret === undefined) {
    throw new InputError(`--keys ${file}: has no lines ${NAMES.apiKey}=… and ${NAMES.secret}=…; write both`);
  }
  return checked(`--keys ${file}`, { apiKey, secret });
}

/** A stray blank or quote would be refused by the venue with a message that tells nothing. */
function checked(source: string, keys: Keys): Keys {
  for (const [name, value] of Object.entries(keys)) {
    if (!/^[\x21-\x7e]+$/.test(value)) throw new InputError(`${source}: ${name} is empty or has blanks in it; copy it anew`);
  }
  return keys;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(cause: unknown): string {
  const code = cause instanceof Error ? (cause as { readonly code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : 'unknown reason';
}
