import { describe, expect, it } from 'vitest';
import { orrery } from './program.ts';
import { VERBS } from '../src/verbs/index.ts';

const CALLS = VERBS.flatMap((entry) => ('verbs' in entry ? entry.verbs.map(({ name }) => [entry.name, name]) : [[entry.name]]));

describe.concurrent('--help of every verb', () => {
  it.each(CALLS.map((words) => [words]))('%j shows its flags and an example that can be typed', async (words) => {
    const { code, stdout, stderr } = await orrery([...words, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Flags of every verb:');
    expect(stdout.slice(stdout.indexOf('Examples:'))).toContain(`orrery ${words.join(' ')}`);
  });
});
