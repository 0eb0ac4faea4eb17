/**
 * How many rows must share a value before it may be stored in a model as it is, and so come out. The same for tables
 * of any length: in a small one a value that few share says as much of them.
 */
export const subjectsNeeded = 5;
