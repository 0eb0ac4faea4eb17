/**
 * Stands in for Electron's own default app in the pinned runtime: `electron [-r FILE]… FOLDER`
 * loads the files, then the app in the folder, as its own.
 */
const { app } = require('electron');
const Module = require('node:module');
const { readFileSync } = require('node:fs');
const { resolve, join } = require('node:path');

const args = process.argv.slice(1);
const preloads = [];
let folder;
for (let i = 0; i < args.length && folder === undefined; i++) {
  if (args[i] === '-r' || args[i] === '--require') preloads.push(args[++i]);
  else if (!args[i].startsWith('-')) folder = resolve(args[i]);
}
if (folder === undefined) {
  console.error('No app to load: electron [-r FILE]… FOLDER');
  app.exit(1);
} else {
  process.defaultApp = true;
  const { name, productName, version, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  app.name = productName ?? name;
  if (version !== undefined) app.setVersion(version);
  app.setAppPath(folder);
  Module._preloadModules(preloads);
  Module._load(join(folder, main), Module, true);
}
