/** What the shell remembers from one start to the next: where the window was, light or dark, and other settings. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { languageChoices } from '../shared/language.ts';

const remembered = z.object({
  /** In device-independent pixels, as the window is when it is not maximised. */
  bounds: z
    .object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() })
    .optional(),
  maximized: z.boolean().optional(),
  theme: z.enum(['light', 'dark', 'system']).optional(),
  language: z.enum(languageChoices).optional(),
  trainingMinutes: z.number().positive().max(1440).optional(),
});
export type Remembered = z.infer<typeof remembered>;

/** What `file` holds; nothing when it is missing or damaged. */
export function recall(file: string): Remembered {
  try {
    return remembered.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

/** Adds to what `file` holds, in one step. That it cannot be written must not keep a window from closing. */
export function remember(file: string, news: Remembered): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, JSON.stringify({ ...recall(file), ...news }), { flush: true });
    renameSync(temporary, file);
  } catch {
    // The next window opens at its usual size.
  }
}
