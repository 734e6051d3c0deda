/** Options that cannot be used. The message is one line that names the option, the value and the mend; the command line knows it by its name. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
