/** The parts of the page on the method, in its order. */
export const methodParts = [
  'columns',
  'personal',
  'rules',
  'learning',
  'holdout',
  'accuracy',
  'utility',
  'detection',
  'memorised',
  'rare',
  'anonymity',
  'conditions',
  'mixing',
  'devices',
  'work',
  'limits',
] as const;
export type MethodPart = (typeof methodParts)[number];
