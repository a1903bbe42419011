import { type Alias, type Document, isAlias, isCollection, isNode, isPair, type Node } from 'yaml';

export type MaybeNode = Node | null | undefined;

/** What a node stands for: that which an alias names, and any other node for itself. */
export type Follow = (node: MaybeNode) => MaybeNode;

export interface Aliases {
  readonly follow: Follow;
  /** Aliases that stand for nothing, or for too much. Where there are none, whatever is followed comes to an end. */
  readonly faults: readonly AliasFault[];
}

export interface AliasFault {
  readonly offset: number;
  readonly message: string;
}

/** Values that all aliases together may stand for. Each may hold others, so ten lines could stand for billions. */
export const MOST_REPEATED = 100_000;

/** Finds out in one pass what every alias of a document stands for. */
export function readAliases(document: Document): Aliases {
  const targets = new Map<Node, Node>();
  const anchors = new Map<string, Node>();
  const sizes = new Map<Node, number>();
  const open = new Set<Node>();
  const faults: AliasFault[] = [];
  let repeated = 0;

  const sizeOfAlias = (alias: Alias): number => {
    const { source: name } = alias;
    const tell = (message: string) => faults.push({ offset: alias.range?.[0] ?? 0, message });
    const target = anchors.get(name);
    if (target === undefined) {
      tell(`"*${name}" is an alias, and there is no &${name} above it.`);
      return 0;
    }
    if (open.has(target)) {
      tell(
        `"*${name}" stands inside of what &${name} names, which would hold itself without end. Write here what it is to hold.`,
      );
      return 0;
    }
    targets.set(alias, target);
    const size = sizes.get(target) ?? 1;
    if (repeated <= MOST_REPEATED && repeated + size > MOST_REPEATED) {
      tell(
        `With "*${name}" the aliases of this file stand for more than ${MOST_REPEATED.toLocaleString('en')} values: ` +
          'each repeats all that it names, with the aliases in it. Use fewer aliases, or name less.',
      );
    }
    repeated += size;
    return size;
  };
  /** How many values there are in it once its aliases are written out. */
  const sizeOf = (node: unknown): number => {
    if (isAlias(node)) return sizeOfAlias(node);
    if (isPair(node)) return sizeOf(node.key) + sizeOf(node.value);
    if (!isNode(node)) return 0;
    if ('anchor' in node && node.anchor !== undefined) anchors.set(node.anchor, node);
    if (!isCollection(node)) return 1;
    open.add(node);
    const size = node.items.reduce<number>((sum, item) => sum + sizeOf(item), 1);
    open.delete(node);
    sizes.set(node, size);
    return size;
  };
  sizeOf(document.contents);
  return { follow: (node) => (node && targets.get(node)) ?? node, faults };
}
