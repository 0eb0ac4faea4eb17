/**
 * ONNX Runtime's official builds report to their maker from version 1.29 on: events, a device identifier and an
 * offline cache under the user's home, from native code that no guard in JavaScript can see.
 * These variables switch that off altogether, if they are set before the first session (the runtime's own
 * initialisation is that lazy): https://github.com/microsoft/onnxruntime/pull/27379, and its new name in pull 29843.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
process.env.ORT_TELEMETRY_DISABLED = '1';
