/** Keeps the engine running: passes calls on, matches answers to them, starts the engine again when it dies. */
import { z } from 'zod';
import type { Channel, EventPayload } from '../shared/contract.ts';
import { AppError, toErrorShape } from '../shared/errors.ts';
import { errorShape } from '../shared/jobs.ts';
import { m } from '../shared/messages/messages.js';
import type { FromEngine, Question } from '../shared/wire.ts';
import type { EngineProcess } from './engine-process.ts';
import type { ReportDefect } from './handle.ts';

export type EngineState = EventPayload<'engine.state'>;

export interface EngineHostOptions {
  /** Starts a new engine process. What it throws counts as a death. */
  start(): EngineProcess;
  /** An event of the engine; its payload is not checked yet. */
  onEvent(name: string, payload: unknown): void;
  onState(state: EngineState): void;
  /** The engine asks for what only main can do. Null where it cannot be done. */
  onQuestion(question: Question): string | null;
  report: ReportDefect;
}

/** Milliseconds the engine may take to say that it is ready. */
const readyLimit = 60_000;
/** Milliseconds before the first and second new start. */
const backoff = [250, 1000] as const;
/** So many deaths within so many milliseconds, and it is not started again. */
const deathLimit = { deaths: 3, within: 60_000 } as const;
/** Calls that may wait at once. A window that works has a handful. */
const waitingLimit = 1000;

interface Call {
  readonly channel: Channel;
  readonly input: unknown;
  resolve(value: unknown): void;
  reject(error: AppError): void;
}

/** One engine process and the calls it has not answered. */
interface Running {
  readonly process: EngineProcess;
  readonly pending: Map<number, Call>;
}

/** A value that is undefined does not survive the JSON between the processes: its key is gone. */
const fromEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('reply'),
    id: z.number().int(),
    reply: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), value: z.unknown().optional() }),
      z.object({
        ok: z.literal(false),
        error: errorShape,
      }),
    ]),
  }),
  z.object({ type: z.literal('event'), event: z.string(), payload: z.unknown().optional() }),
  z.object({
    type: z.literal('ask'),
    id: z.number().int(),
    question: z.discriminatedUnion('what', [
      z.object({ what: z.literal('name') }),
      z.object({ what: z.literal('seal'), text: z.string() }),
      z.object({ what: z.literal('unseal'), sealed: z.string() }),
    ]),
  }),
]);

export class EngineHost {
  readonly #options: EngineHostOptions;
  #running: Running | undefined;
  #state: EngineState = { state: 'starting', message: m.shell_engine_starting() };
  /** Calls made while no engine is ready. */
  #queue: Call[] = [];
  #nextId = 1;
  #deaths: number[] = [];
  /** Why it is not started again, once it is not. */
  #gone = AppError.of('engine/stopped', 'engine_gone', {});
  #timer: NodeJS.Timeout | undefined;
  #shutdown: { done: () => void } | undefined;

  constructor(options: EngineHostOptions) {
    this.#options = options;
  }

  /** What the engine is doing, for a window that opens later. */
  get state(): EngineState {
    return this.#state;
  }

  /** Starts the engine for the first time. */
  start(): void {
    this.#setState(this.#state);
    this.#launch();
  }

  /**
   * Asks the engine. While it is starting, the call waits for it.
   *
   * @param input Checked against the contract before.
   * @returns Its answer, not checked yet.
   * @throws AppError as the engine reports it; `engine/stopped` when it died before answering.
   */
  call(channel: Channel, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const call: Call = { channel, input, resolve, reject };
      if (this.#shutdown !== undefined) reject(closing());
      else if (this.#state.state === 'failed') reject(this.#gone);
      else if (this.#queue.length + (this.#running?.pending.size ?? 0) >= waitingLimit)
        reject(tooManyCalls());
      else if (this.#state.state === 'ready' && this.#running !== undefined) this.#send(this.#running, call);
      else this.#queue.push(call);
    });
  }

  /** Tells the engine that the machine goes to sleep or has woken, so that it does not count the time between. */
  power(asleep: boolean): void {
    this.#running?.process.send({ type: 'power', asleep });
  }

  /**
   * Ends the engine: asks it to finish, and kills it when it has not after `grace` milliseconds.
   * Fulfilled once it is gone.
   */
  shutdown(grace: number): Promise<void> {
    clearTimeout(this.#timer);
    return new Promise((done) => {
      this.#shutdown = { done };
      this.#rejectQueue(closing());
      const running = this.#running;
      if (running === undefined) {
        done();
        return;
      }
      running.process.send({ type: 'shutdown' });
      this.#timer = setTimeout(() => running.process.kill(), grace);
    });
  }

  #launch(): void {
    try {
      const process = this.#options.start();
      const running: Running = { process, pending: new Map() };
      this.#running = running;
      // A process that is no longer the running one may still have something to say; nobody listens.
      process.onMessage((message) => {
        if (this.#running === running) this.#receive(running, message);
      });
      process.onExit(() => {
        if (this.#running === running) this.#died(running);
      });
      this.#timer = setTimeout(() => process.kill(), readyLimit);
    } catch (error) {
      this.#died(undefined, error instanceof AppError ? error : undefined);
    }
  }

  #send(running: Running, call: Call): void {
    const id = this.#nextId++;
    running.pending.set(id, call);
    running.process.send({ type: 'call', id, channel: call.channel, input: call.input });
  }

  #receive(running: Running, raw: unknown): void {
    const parsed = fromEngine.safeParse(raw);
    if (!parsed.success) {
      this.#misunderstood(running, raw);
      return;
    }
    const message = parsed.data satisfies { type: FromEngine['type'] };
    switch (message.type) {
      case 'ready': {
        if (this.#state.state === 'ready') return;
        clearTimeout(this.#timer);
        this.#setState({ state: 'ready', message: m.shell_engine_ready() });
        const waiting = this.#queue;
        this.#queue = [];
        for (const call of waiting) this.#send(running, call);
        return;
      }
      case 'event':
        this.#options.onEvent(message.event, message.payload);
        return;
      case 'ask': {
        const value = this.#options.onQuestion(message.question);
        running.process.send({ type: 'answer', id: message.id, value });
        return;
      }
      case 'reply': {
        const call = running.pending.get(message.id);
        running.pending.delete(message.id);
        const { reply } = message;
        if (reply.ok) call?.resolve(reply.value);
        else call?.reject(AppError.from(reply.error));
      }
    }
  }

  /** An answer that is not understood is an answer all the same: nobody is left waiting. */
  #misunderstood(running: Running, raw: unknown): void {
    this.#options.report('The engine sent a message that is not understood.');
    const answer = z.object({ type: z.literal('reply'), id: z.number() }).safeParse(raw);
    if (!answer.success) return;
    const call = running.pending.get(answer.data.id);
    running.pending.delete(answer.data.id);
    call?.reject(AppError.from(toErrorShape(undefined)));
  }

  /** @param reason Why it could not even be started. */
  #died(running: Running | undefined, reason?: AppError): void {
    clearTimeout(this.#timer);
    this.#running = undefined;
    for (const call of running?.pending.values() ?? []) {
      call.reject(AppError.of('engine/stopped', 'engine_died', {}));
    }
    if (this.#shutdown !== undefined) {
      this.#shutdown.done();
      return;
    }
    // Not by the date, which may be set back.
    const now = performance.now();
    this.#deaths = [...this.#deaths.filter((time) => now - time < deathLimit.within), now];
    if (this.#deaths.length >= deathLimit.deaths) {
      if (reason !== undefined) this.#gone = reason;
      const { message, fix, said } = this.#gone;
      this.#setState({
        state: 'failed',
        message: reason === undefined ? message : `${message} ${fix}`,
        said,
      });
      this.#rejectQueue(this.#gone);
      return;
    }
    this.#setState({
      state: 'restarting',
      message: m.shell_engine_restarting(),
    });
    this.#timer = setTimeout(() => this.#launch(), backoff[this.#deaths.length - 1]);
  }

  #rejectQueue(because: AppError): void {
    for (const call of this.#queue) call.reject(because);
    this.#queue = [];
  }

  #setState(state: EngineState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}

function closing(): AppError {
  return AppError.of('engine/stopped', 'closing', {});
}

function tooManyCalls(): AppError {
  return AppError.of('request/invalid', 'too_many_requests', {});
}
