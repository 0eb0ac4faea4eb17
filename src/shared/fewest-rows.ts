/**
 * The fewest rows worth learning from, those set aside among them: with fewer, what is learned is those rows, and a score
 * says nothing.
 */
export const fewestRows = 20;
