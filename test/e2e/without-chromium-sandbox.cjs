/**
 * Loaded before the app where Chromium's own sandbox cannot start (see app.ts). Asking for it there, as the app
 * always does, would end every process; the windows keep their `sandbox: true`, and the app knows nothing of this.
 */
const { app } = require('electron');
app.enableSandbox = () => {};
