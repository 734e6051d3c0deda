/** How often what was asked, and refused. */
export class RequestCounts {
  total = 0;
  readonly byPath: Map<string, number> = new Map();
  readonly refused: Map<string, number> = new Map();

  asked(path: string): void {
    this.total += 1;
    this.byPath.set(path, (this.byPath.get(path) ?? 0) + 1);
  }
  refuse(code: number): void {
    const key = String(code);
    this.refused.set(key, (this.refused.get(key) ?? 0) + 1);
  }
}
