/** The process in which a device is tried: it answers one request over Node's IPC channel and ends. */
import './no-network.ts';
import { answerTrial } from './compute/devices/serve-trials.ts';
import { isTrialRequest } from './compute/devices/trial-messages.ts';

process.once('message', (request: unknown) => {
  if (!isTrialRequest(request)) return;
  void answerTrial(request).then((answer) => {
    process.send?.(answer, undefined, undefined, () => {
      // What a driver does at its own end is nobody's concern any more.
      process.exit(0);
    });
  });
});
// Whoever asked is gone.
process.on('disconnect', () => {
  process.exit(0);
});
