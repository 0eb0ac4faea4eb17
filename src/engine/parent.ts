/** The process that started this one: the engine, or one in which a device is tried. */
export interface Parent<Sent> {
  /** Main itself, this being a utility process: it starts the processes that this one needs. */
  readonly isElectron: boolean;
  send: (message: Sent) => void;
  onMessage: (listener: (message: unknown) => void) => void;
  /** It has ended or let go of this process. */
  onGone: (listener: () => void) => void;
}

/** Electron's port between a utility process and main; it wraps messages as `{data}`. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** Null when the process was started by hand. */
export function connectParent<Sent>(): Parent<Sent> | null {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (isParentPort(port)) {
    return {
      isElectron: true,
      send: (message) => {
        port.postMessage(message);
      },
      onMessage: (listener) => {
        port.on('message', ({ data }) => {
          listener(data);
        });
      },
      onGone: (listener) => {
        port.on('close', listener);
      },
    };
  }
  if (process.send === undefined) return null;
  return {
    isElectron: false,
    send: (message) => {
      // A parent that has just gone is answered by onGone.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => {
      process.on('message', listener);
    },
    onGone: (listener) => {
      process.on('disconnect', listener);
    },
  };
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}
