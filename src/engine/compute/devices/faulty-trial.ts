/** For tests only: the process in which a device is tried, with the fault named by its argument. */
import { faultOf, injectFault } from './faulty-executor.ts';
import { answerTrial } from './serve-trials.ts';
import { isTrialRequest } from './trial-messages.ts';

injectFault(faultOf(process.argv[2]));

process.once('message', (request: unknown) => {
  if (!isTrialRequest(request)) return;
  void answerTrial(request).then((answer) => {
    process.send?.(answer, undefined, undefined, () => {
      process.exit(0);
    });
  });
});
