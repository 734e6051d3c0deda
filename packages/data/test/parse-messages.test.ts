import { describe, expect, it } from 'vitest';
import { answerError, openAnswer } from '../src/import/parse-messages.ts';
import { InputError } from '../src/index.ts';

/** What comes out on the other side of a thread: the same algorithm copies messages. */
function reopened(cause: unknown): unknown {
  try {
    return openAnswer(structuredClone(answerError(7, cause)));
  } catch (error) {
    return error;
  }
}

describe('errors that cross threads', () => {
  it('stay errors of the input', () => {
    const error = reopened(new InputError('a.csv:3: close is "x"'));
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toBe('a.csv:3: close is "x"');
  });

  it('stay failures of the system, with their code', () => {
    const error = reopened(Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }));
    expect(error).not.toBeInstanceOf(InputError);
    expect(error).toMatchObject({ message: 'EACCES: permission denied', code: 'EACCES' });
    expect(Object.keys(reopened(new RangeError('too long')) as Error)).not.toContain('code');
  });
});
