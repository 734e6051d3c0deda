import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@orrery/data';
import { sha256 } from '@orrery/data/run';
import { z } from 'zod';
import { writeDurably } from '../storage/write-file.ts';
import { parsePromotion, type Promotion } from './promotion.ts';

/** Fields as they were written, in their order: the seal is over that text. */
const sealedSchema = z.looseObject({ seal: z.string() });

function sealOf(rest: unknown): string {
  return sha256(JSON.stringify(rest));
}

/** Writes a promotion under its id, which its seal ends, and returns it with the file. */
export function writePromotion(
  folder: string,
  draft: Omit<Promotion, 'schema' | 'id' | 'seal'>,
): { readonly file: string; readonly promotion: Promotion } {
  const name = draft.strategy.id.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 40);
  const id = `${name}-${draft.target}-${sealOf(draft).slice(0, 12)}`;
  const whole = { schema: 'orrery.promotion/1', id, ...draft } as const;
  const promotion: Promotion = { ...whole, seal: sealOf(whole) };
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${id}.json`);
  writeDurably(file, `${JSON.stringify(promotion, null, 1)}\n`);
  return { file, promotion };
}

/** @throws InputError naming file and field when it is damaged, or was changed since it was sealed */
export function readPromotion(file: string): Promotion {
  const promotion = parsePromotion(file);
  const { seal, ...rest } = sealedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const now = sealOf(rest);
  if (now === seal) return promotion;
  throw new InputError(`${file}: was changed since it was sealed (seal ${seal}, its content gives ${now}); promote the run again`);
}
