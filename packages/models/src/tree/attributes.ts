import type { OnnxAttribute, OnnxNode } from '../onnx/proto.ts';

/** The attributes of a node by name, each as what the caller expects it to be. */
export class Attributes {
  readonly #byName: ReadonlyMap<string, OnnxAttribute>;

  constructor(node: OnnxNode) {
    this.#byName = new Map(node.attribute.map((attribute) => [attribute.name, attribute]));
  }
  has(name: string): boolean {
    return this.#byName.has(name);
  }
  /** Empty where it is absent. */
  ints(name: string): readonly number[] {
    return this.#byName.get(name)?.ints ?? [];
  }
  floats(name: string): readonly number[] {
    return this.#byName.get(name)?.floats ?? [];
  }
  strings(name: string): readonly string[] {
    return (this.#byName.get(name)?.strings ?? []).map((text) => TEXT.decode(text));
  }
  string(name: string, fallback: string): string {
    const text = this.#byName.get(name)?.s;
    return text === undefined ? fallback : TEXT.decode(text);
  }
  int(name: string, fallback: number): number {
    const attribute = this.#byName.get(name);
    // A 0 is not always written.
    return attribute === undefined ? fallback : (attribute.i ?? 0);
  }
}

const TEXT = new TextDecoder();
