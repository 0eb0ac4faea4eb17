/** What each figure is, what is good and how it was measured, for people who do not measure for a living. */
export interface AboutFigure {
  what: string;
  good: string;
  how: string;
}

export const aboutQuality: AboutFigure = {
  what: 'How alike synthetic and real rows are: the part of all rows that falls into the same bins, looking at single columns, pairs and triples of columns (accuracy, 1 − total variation distance).',
  good: '1 would be identical. Two random halves of the same table reach what the ceiling under Check says; a model near it has learned what can be learned.',
  how: 'Every few epochs rows are generated and compared with rows set aside before training, which the model never sees. Check measures on more rows, so that its figure is surer and may differ a little. Of the states that show no sign of learning rows by heart, the best is kept and fitted once more to the shares of the training rows, which can lift it above its point on the curve.',
};
