import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { AppState } from './state/app.svelte.ts';
import { Client } from './state/client.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no #app element.');

const app = new AppState(new Client(window.semblance));
mount(App, { target, props: { app } });
void app.start();
