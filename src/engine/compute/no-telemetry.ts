/**
 * ONNX Runtime's official builds report to their maker from version 1.29 on: events, a device identifier and an
 * offline cache under the user's home, from native code that no guard in JavaScript can see.
 * On Linux and macOS the first variable switches that off altogether, if it is set before the first session (the
 * runtime's own initialisation is that lazy); the second is the name it had before its first release:
 * https://github.com/microsoft/onnxruntime/pull/27379 and 29843. On Windows the events go to the system's tracing,
 * and only a call that the Node binding does not offer would end them; see docs/security.md.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
process.env.ORT_TELEMETRY_DISABLED = '1';
