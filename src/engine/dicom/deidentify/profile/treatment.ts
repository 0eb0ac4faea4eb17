/** What happens to an attribute: action codes with the compound ones resolved (PS3.15 section E.1.1). */
import type { AttributeType } from './attribute-types.ts';
import type { ActionCode } from './table.ts';

export type Treatment = 'remove' | 'empty' | 'dummy' | 'keep' | 'clean' | 'uid' | 'uids-inside';

/**
 * Of what a code allows, the least that leaves a valid file: removing needs type 3, emptying type 2. Where the IOD is
 * not known the attribute may be of type 1, so compound codes become dummies. A plain X or Z on an attribute that must be
 * there or must have a value becomes the weakest action that keeps the file valid: nothing of the value stays either way.
 */
export function treatmentOf(code: ActionCode, type: AttributeType): Treatment {
  const optional = type === '3';
  const mayBeEmpty = optional || type === '2' || type === '2C';
  switch (code) {
    case 'K':
      return 'keep';
    case 'C':
      return 'clean';
    case 'U':
      return 'uid';
    case 'D':
      return 'dummy';
    case 'Z':
      return mayBeEmpty || type === 'unknown' ? 'empty' : 'dummy';
    case 'X':
      if (optional || type === 'unknown') return 'remove';
      return mayBeEmpty ? 'empty' : 'dummy';
    case 'Z/D':
      return mayBeEmpty ? 'empty' : 'dummy';
    case 'X/Z':
      if (optional) return 'remove';
      return mayBeEmpty || type === 'unknown' ? 'empty' : 'dummy';
    case 'X/D':
      return optional ? 'remove' : 'dummy';
    case 'X/Z/D':
      if (optional) return 'remove';
      return mayBeEmpty ? 'empty' : 'dummy';
    case 'X/Z/U*':
      // All three are allowed; references between files are of use.
      return 'uids-inside';
  }
}
