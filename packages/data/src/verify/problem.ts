/** Something that verification found. `info` is worth knowing, `warning` is missing data, `error` is wrong data. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code:
    | 'manifest'
    | 'missing-file'
    | 'hash'
    | 'rows'
    | 'unreadable'
    | 'order'
    | 'duplicate'
    | 'off-grid'
    | 'prices'
    | 'gap'
    | 'no-volume'
    | 'stray-file';
  /** Path of the file that it is in. */
  readonly file: string;
  /** Time of the first row concerned, ms UTC, or null where no row is. */
  readonly time: number | null;
  readonly message: string;
}
