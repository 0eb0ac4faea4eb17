import { createContext } from 'svelte';
import type { AppState } from './app.svelte.ts';

/** The window's state, for any component below `App`. */
export const [appState, provideAppState] = createContext<AppState>();
