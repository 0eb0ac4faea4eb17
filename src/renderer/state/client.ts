import type { Channel, EventName, EventPayload, Input, Output, SemblanceApi } from '../../shared/contract.ts';
import { AppError, toErrorShape, type ErrorShape } from '../../shared/errors.ts';

/** An error of the engine or of main, with what to do about it. */
export class CallError extends Error {
  readonly shape: ErrorShape;

  constructor(shape: ErrorShape) {
    super(shape.message);
    this.name = 'CallError';
    this.shape = shape;
  }
}

/** What went wrong, for a person, whatever was thrown. */
export function errorShapeOf(error: unknown): ErrorShape {
  if (error instanceof CallError) return error.shape;
  return toErrorShape(AppError.of('internal', 'window', {}));
}

/**
 * The preload's api with replies unwrapped: a call resolves to its value or throws a `CallError`.
 * Inputs must be plain: a reactive proxy cannot be cloned across the bridge.
 */
export class Client {
  readonly #api: SemblanceApi;

  constructor(api: SemblanceApi) {
    this.#api = api;
  }

  async call<C extends Channel>(
    channel: C,
    ...input: Input<C> extends undefined ? [] : [Input<C>]
  ): Promise<Output<C>> {
    const reply = await this.#api.call(channel, ...input);
    if (reply.ok) return reply.value;
    throw new CallError(reply.error);
  }

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    return this.#api.on(event, listener);
  }

  pathOf(file: File): string {
    return this.#api.pathOf(file);
  }
}
