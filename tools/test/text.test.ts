import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { blank } from './source-text.ts';
import { ROOT, readText, repositoryFiles } from './workspace.ts';

const files = repositoryFiles();
const sources = files.filter((file) => /\.(?:ts|mts|mjs|js)$/.test(file));
const texts = files.filter((file) => /\.(?:ts|mts|mjs|js|json|md|yaml|yml|css|html)$/.test(file) && file !== 'pnpm-lock.yaml');
const tests = sources.filter((file) => file.endsWith('.test.ts'));
/** This file would find its own list. */
const isOther = (file: string): boolean => file !== 'tools/test/text.test.ts';

function linesWith(where: readonly string[], pattern: RegExp, textOf: (file: string) => string = readText): readonly string[] {
  return where.filter(isOther).flatMap((file) =>
    textOf(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
}
const codeOf = (file: string): string => blank(readText(file), { comments: true, strings: true });

describe('source files', () => {
  it('are at most 400 lines long', () => {
    const long = sources.map((file) => ({ file, lines: readText(file).split('\n').length - 1 })).filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });
  it('leave nothing for later', () => {
    expect(linesWith(sources, /\b(?:TODO|FIXME|XXX)\b|\bnot (?:yet )?implemented\b/i)).toEqual([]);
  });
  it('silence neither the compiler nor the linter without a reason on the line', () => {
    expect(linesWith(sources, /@ts-(?:ignore|nocheck)|oxlint-disable(?!.*--)|eslint-disable/)).toEqual([]);
  });
  it('have no `any`', () => {
    const typed = sources.filter((file) => file.endsWith('.ts'));
    expect(linesWith(typed, /(?:[:<|&,(]\s*|\bas\s+|=>\s*)any\b(?!\s*\()/, codeOf)).toEqual([]);
  });
  it("name no folder of somebody's machine", () => {
    expect(linesWith(texts, /(?:^|[\s'"`(=])\/(?:home|Users|root|work)\/\w|[A-Z]:\\Users\\/)).toEqual([]);
  });
});

describe('test files', () => {
  it('all run: none is focused, skipped or left for later', () => {
    expect(
      linesWith(tests, /\b(?:describe|it|test)\s*\.\s*(?:only|skip|todo|fails)\b|\b(?:xit|xdescribe|fit|fdescribe)\s*\(/, codeOf),
    ).toEqual([]);
  });
  it('all assert something definite', () => {
    expect(tests.filter((file) => !/\bexpect\b|\bassert\b/.test(codeOf(file)))).toEqual([]);
    expect(linesWith(tests, /\.(?:toBeTruthy|toBeFalsy|toBeDefined)\s*\(/, codeOf)).toEqual([]);
  });
});

describe('documents', () => {
  const documents = files.filter((file) => file.endsWith('.md'));
  it('link to files that are there', () => {
    const dead = documents.flatMap((file) => {
      const prose = readText(file)
        .replaceAll(/```[\s\S]*?```/g, '')
        .replaceAll(/`[^`\n]*`/g, '');
      const targets = [...prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map((match) => match[1]);
      return targets
        .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
        .filter((target) => !existsSync(path.join(ROOT, path.dirname(file), decodeURIComponent(target.replace(/#.*/, '')))))
        .map((target) => `${file}: ${target}`);
    });
    expect(dead).toEqual([]);
  });
});
