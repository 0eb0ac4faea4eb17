/** The programs that learn a table, made again from plain data: for a process that tries a device with them. */
import { bodyOf } from '../../compute/compile.ts';
import type { Body } from '../../compute/program.ts';
import { criticLayout } from './critic.ts';
import { generatorLayout } from './generator.ts';
import type { GeneratorShape } from './generator.ts';
import { learnOptions, learnProgram } from './likelihood-program.ts';
import type { LearnSettings } from './likelihood-program.ts';
import { refineOptions, refineProgram } from './refine-program.ts';
import type { RefineSettings } from './refine-program.ts';

export type TableRecipe =
  | { readonly kind: 'learn'; readonly shape: GeneratorShape; readonly settings: LearnSettings }
  | { readonly kind: 'refine'; readonly shape: GeneratorShape; readonly settings: RefineSettings };

/** Whether it is one, of those this very version has made. */
export function isTableRecipe(value: unknown): value is TableRecipe {
  return typeof value === 'object' && value !== null && 'kind' in value && 'shape' in value;
}

export function tableProgram(recipe: TableRecipe): Body {
  const { shape } = recipe;
  const layout = generatorLayout(shape);
  if (recipe.kind === 'learn') {
    return bodyOf(learnProgram(shape, layout, recipe.settings), learnOptions(shape, layout, recipe.settings));
  }
  const criticOf = criticLayout(shape);
  return bodyOf(
    refineProgram(shape, layout, criticOf, recipe.settings),
    refineOptions(shape, layout, criticOf, recipe.settings),
  );
}
