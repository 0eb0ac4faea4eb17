/**
 * The version of compiled programs: raised whenever one could mean something else to an older Semblance. Kept in every
 * ONNX file and every model.
 */
export const computeVersion = 1;

/** Under which name an ONNX file's metadata has it. */
export const versionEntry = 'semblance.compute';
