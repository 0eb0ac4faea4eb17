/** The process in which a device is tried: it answers one request, and whoever started it ends it then. */
import './no-network.ts';
import { answerTrial } from './compute/devices/serve-trials.ts';
import { isTrialRequest } from './compute/devices/trial-messages.ts';
import type { TrialAnswer } from './compute/devices/trial-messages.ts';
import type { Body } from './compute/program.ts';
import { connectParent } from './parent.ts';

/** Programs of tables, the only ones there are. Their code, and TensorFlow.js with it, is loaded where it is needed. */
async function cook(recipe: unknown): Promise<Body | undefined> {
  const { isTableRecipe, tableProgram } = await import('./synthesis/tables/recipes.ts');
  return isTableRecipe(recipe) ? tableProgram(recipe) : undefined;
}

const parent = connectParent<TrialAnswer>();
parent?.onMessage((request) => {
  if (isTrialRequest(request)) void answerTrial(request, cook).then(parent.send);
});
parent?.onGone(() => {
  process.exit(0);
});
