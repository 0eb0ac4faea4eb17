import { wordsOf, type ErrorShape } from '../../shared/errors.ts';

/** An error in the language of the window: what happened, and what to do. */
export function errorWords({ message, fix, said }: ErrorShape): { title: string; fix: string } {
  const words = said && wordsOf(said);
  return { title: words?.message ?? message, fix: words?.fix ?? fix };
}
