/** The process in which a device is tried: it answers one request, and whoever started it ends it then. */
import './no-network.ts';
import { answerTrial } from './compute/devices/serve-trials.ts';
import { isTrialRequest } from './compute/devices/trial-messages.ts';
import type { TrialAnswer } from './compute/devices/trial-messages.ts';
import { connectParent } from './parent.ts';

const parent = connectParent<TrialAnswer>();
parent?.onMessage((request) => {
  if (isTrialRequest(request)) void answerTrial(request).then(parent.send);
});
parent?.onGone(() => {
  process.exit(0);
});
