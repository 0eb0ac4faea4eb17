import manifest from '../../../package.json' with { type: 'json' };

/** Version of Semblance, as it stands in the cards it writes. */
export const version: string = manifest.version;
