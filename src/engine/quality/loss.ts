/** What is predicted: class 1 against class 0, one of `count` classes, or a number. */
export type Task = { kind: 'binary' } | { kind: 'classes'; count: number } | { kind: 'numbers' };

/** One sum of trees: its scores so far, and the derivatives of the loss with respect to them, per row. */
export interface Output {
  start: number;
  scores: Float64Array;
  gradients: Float64Array;
  hessians: Float64Array;
}

export interface Loss {
  outputs: Output[];
  /** Brings gradients and hessians up to date with the scores. */
  update(): void;
  /** Mean loss over `rows`; 0 for none. */
  value(rows: Uint32Array): number;
  /** What raw scores (one array per output) mean: probabilities or numbers. */
  predictions(scores: Float64Array[]): Float64Array[];
}

/** The loss of a task, its scores starting at the constant that is best for the training rows. */
export function createLoss(task: Task, targets: Float64Array, training: Uint32Array): Loss {
  if (task.kind === 'binary') return binaryLoss(targets, training);
  if (task.kind === 'numbers') return squaredLoss(targets, training);
  return softmaxLoss(task.count, targets, training);
}

function createOutput(rows: number, start: number): Output {
  return {
    start,
    scores: new Float64Array(rows).fill(start),
    gradients: new Float64Array(rows),
    hessians: new Float64Array(rows),
  };
}

function meanOver(rows: Uint32Array, value: (row: number) => number): number {
  let sum = 0;
  for (const row of rows) sum += value(row);
  return rows.length > 0 ? sum / rows.length : 0;
}

const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score));
/** Keeps the logarithm of a share finite where a class does not occur. */
const clampShare = (share: number): number => Math.min(1 - 1e-6, Math.max(1e-6, share));

function binaryLoss(targets: Float64Array, training: Uint32Array): Loss {
  const share = clampShare(meanOver(training, (row) => targets[row]!));
  const output = createOutput(targets.length, Math.log(share / (1 - share)));
  const { scores, gradients, hessians } = output;
  return {
    outputs: [output],
    update() {
      for (let row = 0; row < scores.length; row++) {
        const chance = sigmoid(scores[row]!);
        gradients[row] = chance - targets[row]!;
        hessians[row] = chance * (1 - chance);
      }
    },
    value: (rows) =>
      meanOver(rows, (row) => {
        // log(1 + e^score) − target × score, without overflow.
        const score = scores[row]!;
        return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - targets[row]! * score;
      }),
    predictions: (raw) => raw.map((each) => each.map(sigmoid)),
  };
}

/** Squared error of the standardised target, so that penalties mean the same whatever its unit. */
function squaredLoss(targets: Float64Array, training: Uint32Array): Loss {
  const mean = meanOver(training, (row) => targets[row]!);
  const spread = Math.sqrt(meanOver(training, (row) => (targets[row]! - mean) ** 2)) || 1;
  const wanted = targets.map((value) => (value - mean) / spread);
  const output = createOutput(targets.length, 0);
  const { scores, gradients, hessians } = output;
  hessians.fill(1);
  return {
    outputs: [output],
    update() {
      for (let row = 0; row < scores.length; row++) gradients[row] = scores[row]! - wanted[row]!;
    },
    value: (rows) => meanOver(rows, (row) => (scores[row]! - wanted[row]!) ** 2 / 2),
    predictions: (raw) => raw.map((each) => each.map((score) => score * spread + mean)),
  };
}

function softmaxLoss(count: number, targets: Float64Array, training: Uint32Array): Loss {
  const outputs = Array.from({ length: count }, (_, label) =>
    createOutput(
      targets.length,
      Math.log(clampShare(meanOver(training, (row) => (targets[row] === label ? 1 : 0)))),
    ),
  );
  return {
    outputs,
    update() {
      const chances = softmax(outputs.map(({ scores }) => scores));
      for (const [label, { gradients, hessians }] of outputs.entries()) {
        const ofClass = chances[label]!;
        for (let row = 0; row < targets.length; row++) {
          const chance = ofClass[row]!;
          gradients[row] = chance - (targets[row] === label ? 1 : 0);
          hessians[row] = chance * (1 - chance);
        }
      }
    },
    value: (rows) =>
      meanOver(rows, (row) => {
        let highest = -Infinity;
        for (const { scores } of outputs) highest = Math.max(highest, scores[row]!);
        let sum = 0;
        for (const { scores } of outputs) sum += Math.exp(scores[row]! - highest);
        return highest + Math.log(sum) - (outputs[targets[row]!]?.scores[row] ?? 0);
      }),
    predictions: softmax,
  };
}

function softmax(raw: Float64Array[]): Float64Array[] {
  const rows = raw[0]?.length ?? 0;
  const result = raw.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    let highest = -Infinity;
    for (const scores of raw) highest = Math.max(highest, scores[row]!);
    let sum = 0;
    for (let label = 0; label < raw.length; label++) {
      const weight = Math.exp(raw[label]![row]! - highest);
      result[label]![row] = weight;
      sum += weight;
    }
    for (const chances of result) chances[row]! /= sum;
  }
  return result;
}
