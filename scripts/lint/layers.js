import { isBuiltin } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { eachSpecifier } from './module-specifiers.js';
import { matchesPackage, packageHomes, zoneOf } from './zones.js';

/** A test may import any part of the engine and any package, but still not cross a process boundary. */
const isTest = (/** @type {string} */ path) => path.endsWith('.test.ts');

/**
 * Holds the layers: see `zones.js` for who may import what.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const layers = {
  meta: {
    type: 'problem',
    docs: { description: 'imports between the layers of src point one way' },
    schema: [],
    messages: {
      layer: '{{from}} must not import {{to}}: it may import {{allowed}}.',
      outside: '{{from}} must not import {{path}}, which is outside src.',
      package: "'{{package}}' must not be imported in {{from}}: {{why}}.",
      builtin: "{{from}} runs without Node: '{{package}}' is not available there.",
      unplaced: 'This file lies in no known layer of src: add its folder to scripts/lint/zones.js.',
    },
  },
  create(context) {
    const root = context.cwd;
    const file = relative(root, context.filename).split(sep).join('/');
    if (!file.startsWith('src/')) return {};
    const zone = zoneOf(file);
    if (zone === undefined) {
      return { Program: (node) => context.report({ node, messageId: 'unplaced' }) };
    }
    const test = isTest(file);

    /** @param {string} specifier @param {import('eslint').Rule.Node} node */
    const checkRelative = (specifier, node) => {
      const path = relative(root, resolve(dirname(context.filename), specifier.replace(/\?.*$/, '')))
        .split(sep)
        .join('/');
      const target = zoneOf(path);
      if (target === undefined) {
        // The one place the version is written, and tables of the standard that are data, which the build takes in.
        const isData = zone.name === 'engine/dicom' && /^resources\/dicom\/[\w.]+\.json$/.test(path);
        if (path !== 'package.json' && !isData && !test) {
          context.report({ node, messageId: 'outside', data: { from: `src/${zone.name}`, path } });
        }
        return;
      }
      const withinEngine = zone.name.startsWith('engine/') && target.name.startsWith('engine/');
      if (target === zone || zone.mayImport.includes(target.name) || (test && withinEngine)) return;
      const allowed = zone.mayImport.length === 0 ? 'only itself' : zone.mayImport.join(', ');
      context.report({
        node,
        messageId: 'layer',
        data: { from: `src/${zone.name}`, to: `src/${target.name}`, allowed },
      });
    };

    /** @param {string} specifier @param {import('eslint').Rule.Node} node */
    const checkPackage = (specifier, node) => {
      if (test) return;
      const from = `src/${zone.name}`;
      if (isBuiltin(specifier)) {
        if (zone.inPage === true) {
          context.report({ node, messageId: 'builtin', data: { from, package: specifier } });
        }
        return;
      }
      if (zone.onlyPackages !== undefined && !matchesPackage(specifier, zone.onlyPackages)) {
        const why = `it may import only ${zone.onlyPackages.join(', ')}`;
        context.report({ node, messageId: 'package', data: { from, package: specifier, why } });
        return;
      }
      for (const home of packageHomes) {
        const homes = [...home.zones.map((name) => `src/${name}`), ...(home.files ?? [])];
        const atHome = home.zones.includes(zone.name) || home.files?.includes(file);
        if (matchesPackage(specifier, home.packages) && !atHome) {
          const why = `its only home is ${homes.join(', ')}`;
          context.report({ node, messageId: 'package', data: { from, package: specifier, why } });
        }
      }
    };

    return eachSpecifier((specifier, node) =>
      specifier.startsWith('.') ? checkRelative(specifier, node) : checkPackage(specifier, node),
    );
  },
};
