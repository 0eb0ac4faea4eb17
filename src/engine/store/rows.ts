import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';

/** A text column holding JSON of the given shape. */
export function jsonColumn<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** A row as read from the database, checked. A row that does not fit means a damaged store. */
export function checkedRow<S extends z.ZodType>(schema: S, row: unknown, table: string): z.output<S> {
  const result = schema.safeParse(row);
  if (result.success) return result.data;
  throw AppError.of('store/unusable', 'record_unreadable', {
    table,
    place: result.error.issues[0]?.path.join('.') ?? '',
  });
}
