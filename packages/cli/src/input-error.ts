/** Wrong input: the message is one line that names what was given and how to mend it. Ends the program with exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
