import type { Work } from './cooperate.ts';
import type { Feature } from './features.ts';
import { createSplitFinder, stride } from './split.ts';
import type { Split } from './split.ts';

export interface TreeLimits {
  leaves: number;
  /** Fewest rows in a leaf. */
  leafRows: number;
  /** L2 penalty on leaf values. */
  l2: number;
}

/** A binary tree in flat form. Node 0 is the root; a node is a leaf where `split` is undefined. */
export interface Tree {
  nodes: TreeNode[];
}

interface TreeNode {
  split: Split | undefined;
  left: number;
  right: number;
  value: number;
}

/** Rows of one open leaf: `rows[start … end)`, with the sums of gradients over them. */
interface Leaf {
  node: number;
  start: number;
  end: number;
  histogram: Float64Array;
  best: Split | undefined;
}

export interface TreeGrower {
  /**
   * Grows one tree on `rows` (reordered in place) by Newton steps on `gradients` and `hessians` (one per row of
   * the features), best leaf first. Adds `rate` × its leaf values to `scores` of those rows.
   */
  grow(rows: Uint32Array, scores: Float64Array, rate: number): Work<Tree>;
}

/**
 * Histogram trees after LightGBM (Ke et al., 2017): sums per bin instead of sorted rows, and of two children only
 * the smaller is counted, the other being what the parent leaves over.
 */
export function createTreeGrower(
  features: readonly Feature[],
  bins: readonly Uint8Array[],
  gradients: Float64Array,
  hessians: Float64Array,
  limits: TreeLimits,
): TreeGrower {
  const offsets = new Uint32Array(features.length + 1);
  features.forEach(({ size }, index) => {
    offsets[index + 1] = offsets[index]! + size * stride;
  });
  const length = offsets[features.length]!;
  const findSplit = createSplitFinder(features, offsets, limits);
  const pool: Float64Array[] = [];
  const orderedGradients = new Float64Array(gradients.length);
  const orderedHessians = new Float64Array(gradients.length);
  const held = new Uint32Array(gradients.length);

  function countBins(rows: Uint32Array, start: number, end: number): Float64Array {
    const histogram = pool.pop()?.fill(0) ?? new Float64Array(length);
    for (let at = start; at < end; at++) {
      orderedGradients[at] = gradients[rows[at]!]!;
      orderedHessians[at] = hessians[rows[at]!]!;
    }
    for (let index = 0; index < bins.length; index++) {
      addFeature(histogram, offsets[index]!, bins[index]!, rows, start, end);
    }
    return histogram;
  }

  function addFeature(
    histogram: Float64Array,
    offset: number,
    column: Uint8Array,
    rows: Uint32Array,
    start: number,
    end: number,
  ): void {
    for (let at = start; at < end; at++) {
      const cell = offset + column[rows[at]!]! * stride;
      histogram[cell] = histogram[cell]! + orderedGradients[at]!;
      histogram[cell + 1] = histogram[cell + 1]! + orderedHessians[at]!;
      histogram[cell + 2] = histogram[cell + 2]! + 1;
    }
  }

  /** Moves the rows that go left to the front, keeping their order; returns where the right ones begin. */
  function partition(rows: Uint32Array, { start, end }: Leaf, { feature, goesLeft }: Split): number {
    const column = bins[feature]!;
    let left = start;
    let right = 0;
    for (let at = start; at < end; at++) {
      const row = rows[at]!;
      if (goesLeft[column[row]!] === 1) rows[left++] = row;
      else held[right++] = row;
    }
    rows.set(held.subarray(0, right), left);
    return left;
  }

  function* grow(rows: Uint32Array, scores: Float64Array, rate: number): Work<Tree> {
    const tree: Tree = { nodes: [] };
    const addNode = (): number => tree.nodes.push({ split: undefined, left: -1, right: -1, value: 0 }) - 1;
    const open = (start: number, end: number, histogram: Float64Array): Leaf => ({
      node: addNode(),
      start,
      end,
      histogram,
      best: end - start >= 2 * limits.leafRows ? findSplit(histogram) : undefined,
    });

    const leaves = [open(0, rows.length, countBins(rows, 0, rows.length))];
    yield 0;
    while (leaves.length < limits.leaves) {
      const index = mostPromising(leaves);
      const leaf = leaves[index];
      if (!leaf?.best) break;
      const middle = partition(rows, leaf, leaf.best);
      const leftIsSmaller = middle - leaf.start <= leaf.end - middle;
      const smaller = leftIsSmaller ? countBins(rows, leaf.start, middle) : countBins(rows, middle, leaf.end);
      const larger = leaf.histogram;
      for (let cell = 0; cell < length; cell++) larger[cell] = larger[cell]! - smaller[cell]!;
      const left = open(leaf.start, middle, leftIsSmaller ? smaller : larger);
      const right = open(middle, leaf.end, leftIsSmaller ? larger : smaller);
      const node = tree.nodes[leaf.node]!;
      node.split = leaf.best;
      node.left = left.node;
      node.right = right.node;
      leaves.splice(index, 1, left, right);
      yield leaves.length / limits.leaves;
    }
    for (const { node, start, end, histogram } of leaves) {
      const value = leafValue(rows, start, end) * rate;
      tree.nodes[node]!.value = value;
      for (let at = start; at < end; at++) scores[rows[at]!]! += value;
      pool.push(histogram);
    }
    return tree;
  }

  /** The Newton step of a leaf, from its rows rather than a histogram that was subtracted again and again. */
  function leafValue(rows: Uint32Array, start: number, end: number): number {
    let gradient = 0;
    let hessian = 0;
    for (let at = start; at < end; at++) {
      gradient += gradients[rows[at]!]!;
      hessian += hessians[rows[at]!]!;
    }
    return -gradient / (hessian + limits.l2);
  }

  return { grow };
}

function mostPromising(leaves: readonly Leaf[]): number {
  let found = 0;
  leaves.forEach(({ best }, index) => {
    if ((best?.gain ?? 0) > (leaves[found]?.best?.gain ?? 0)) found = index;
  });
  return found;
}

/** Adds the leaf value of every row to `scores`. `bins` are all features of the rows. */
export function addTree({ nodes }: Tree, bins: readonly Uint8Array[], scores: Float64Array): void {
  for (let row = 0; row < scores.length; row++) {
    let node = nodes[0]!;
    while (node.split) {
      node = nodes[node.split.goesLeft[bins[node.split.feature]![row]!] === 1 ? node.left : node.right]!;
    }
    scores[row]! += node.value;
  }
}
