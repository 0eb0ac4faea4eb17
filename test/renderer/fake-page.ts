/** Puts a make-believe engine into the page: `?scene=…` in the address picks the state of the world. */
import { FakeEngine } from './fake-api.ts';
import { scenes } from './scenes.ts';

const name = new URL(location.href).searchParams.get('scene') ?? 'empty';
const scene = scenes[name];
if (scene === undefined) throw new Error(`No scene “${name}”. There are: ${Object.keys(scenes).join(', ')}.`);
Reflect.set(window, 'semblance', new FakeEngine(scene));
