import type { SemblanceApi } from '../shared/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script: the page's only way out. */
    readonly semblance: SemblanceApi;
  }
}
