/**
 * Environment of the processes that main starts: that of the app, without what would change how Node starts, and with
 * the telemetry of native libraries switched off before they are loaded (see src/engine/compute/no-telemetry.ts).
 */
export function childEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(NODE_|ELECTRON_)/.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), ORT_DISABLE_TELEMETRY: '1', ORT_TELEMETRY_DISABLED: '1' };
}
