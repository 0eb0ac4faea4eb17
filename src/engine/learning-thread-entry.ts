/** A thread that learns one table and tells how it goes. */
import './no-network.ts';
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { DeviceName } from '../shared/device-names.ts';
import type { DeviceReport } from '../shared/devices.ts';
import { AppError, toErrorShape } from '../shared/errors.ts';
import type { ErrorShape } from '../shared/errors.ts';
import type { Job } from '../shared/jobs.ts';
import type { Trial } from './compute/devices/trial.ts';
import { learnHere } from './jobs/learn.ts';
import type { Learned, LearnRequest } from './jobs/learn.ts';
import type { SavedTraining } from './jobs/train.ts';
import { unforeseen } from './jobs/unforeseen.ts';
import { WorkClock } from './jobs/work-clock.ts';
import type { CheckpointPlace } from './store/checkpoints.ts';
import { openCheckpoint } from './store/checkpoints.ts';
import type { Devices, TrainTableProgress } from './synthesis/tables/train.ts';
import type { TrainingState } from './synthesis/tables/training-state.ts';
import { buffersOf } from './tables/table.ts';
import { keepIn } from './training-keeper.ts';

/** Where it keeps its states, and of what they are. */
export type Keeping = { place: CheckpointPlace } & Pick<SavedTraining, 'sha256' | 'rows'>;

export type ToLearner =
  | { type: 'learn'; request: LearnRequest; devices: boolean; keeping: Keeping | undefined }
  | { type: 'stop'; how: 'cancel' | 'pause' }
  | { type: 'power'; asleep: boolean }
  /** The steps to try devices with are wanted. */
  | { type: 'trial' }
  | { type: 'chosen'; report: DeviceReport }
  | { type: 'notChosen'; error: ErrorShape };

export type FromLearner =
  | { type: 'ready' }
  | { type: 'progress'; progress: TrainTableProgress }
  | { type: 'state'; state: TrainingState }
  | { type: 'kept'; saved: NonNullable<Job['saved']> }
  /** For the log, without any value of the data. */
  | { type: 'log'; text: string }
  | { type: 'choose'; model: DeviceReport['model'] }
  | { type: 'trial'; trial: Trial }
  | { type: 'deviceFailed'; device: DeviceName }
  | { type: 'learned'; learned: Learned }
  /** @property unforeseen What may be logged of an error nobody foresaw. */
  | { type: 'failed'; error: ErrorShape; unforeseen: string | null };

const port = parentPort;
if (!port) throw new Error('This file is the entry of a thread.');
const say = (message: FromLearner, moved: ArrayBuffer[] = []): void => {
  port.postMessage(message, moved);
};

// Whoever uses the window comes first. Elsewhere a priority is that of the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const cancel = new AbortController();
const pause = new AbortController();
const clock = new WorkClock();
let makeTrial: (() => Promise<Trial>) | undefined;
let choice: { resolve: (report: DeviceReport) => void; reject: (reason: AppError) => void } | undefined;

const devices: Devices = {
  choose: (trial, model) =>
    new Promise((resolve, reject) => {
      makeTrial = trial;
      choice = { resolve, reject };
      say({ type: 'choose', model });
    }),
  failed: (device) => {
    say({ type: 'deviceFailed', device });
  },
};

/** Keeps states in this thread where it knows the place; otherwise they are told. */
function keeperFor(keeping: Keeping | undefined): (state: TrainingState) => void {
  if (!keeping) {
    return (state) => {
      say({ type: 'state', state });
    };
  }
  const { place, ...of } = keeping;
  const keep = keepIn(openCheckpoint(place), {
    signal: cancel.signal,
    onSaved: (saved) => {
      say({ type: 'kept', saved });
    },
    log: (text) => {
      say({ type: 'log', text });
    },
  });
  return (state) => {
    keep({ ...of, state });
  };
}

/** Says its last; then the thread ends by itself. */
function end(message: FromLearner, moved?: ArrayBuffer[]): void {
  say(message, moved);
  port?.close();
}

function fail(error: unknown): void {
  end({ type: 'failed', error: toErrorShape(error), unforeseen: unforeseen(error) });
}

port.on('message', (message: ToLearner) => {
  switch (message.type) {
    case 'learn':
      learnHere(message.request, {
        ...{ signal: cancel.signal, pause: pause.signal, clock: clock.now },
        ...(message.devices && { devices }),
        onState: keeperFor(message.keeping),
        onProgress: (progress) => {
          say({ type: 'progress', progress });
        },
      }).then((learned) => {
        end({ type: 'learned', learned }, buffersOf(learned.training));
      }, fail);
      return;
    case 'stop':
      (message.how === 'pause' ? pause : cancel).abort();
      return;
    case 'power':
      if (message.asleep) clock.sleep();
      else clock.wake();
      return;
    case 'trial':
      makeTrial?.().then((trial) => {
        say({ type: 'trial', trial });
      }, fail);
      return;
    case 'chosen':
      choice?.resolve(message.report);
      return;
    case 'notChosen':
      choice?.reject(AppError.from(message.error));
  }
});
say({ type: 'ready' });
