/** Fewest characters of a passphrase: whoever has the file can try passphrases for as long as they like. */
export const shortestPassphrase = 10;

/** Most keys a file is encrypted for. */
export const mostRecipients = 50;
