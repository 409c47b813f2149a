import manifest from '../../package.json' with {type: 'json'};

/** The program's own version, from its package manifest. */
export const version: string = manifest.version;
