/** The parts of the page on the method, in its order. */
export const methodParts = [
  'learning',
  'holdout',
  'accuracy',
  'utility',
  'detection',
  'memorised',
  'rare',
  'anonymity',
  'limits',
] as const;
export type MethodPart = (typeof methodParts)[number];
