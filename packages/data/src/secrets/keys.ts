/** An API key pair of the venue. Kept out of logs, errors, journals and process titles. */
export interface Keys {
  readonly apiKey: string;
  readonly secret: string;
}
