import { fileURLToPath } from 'node:url';

/** Folder of this checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
