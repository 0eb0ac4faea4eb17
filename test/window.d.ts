/// <reference path="../src/renderer/ambient.d.ts" />
