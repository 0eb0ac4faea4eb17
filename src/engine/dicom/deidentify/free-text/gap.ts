/** Stands in text that is being cleaned where something was taken out. */
export const gap = '\u0001';
