/**
 * Private attributes known to identify nobody: those of PS3.15 table E.3.10-1 whose values are numbers or codes. What
 * holds free text or UIDs is not kept, whoever calls it safe.
 */
import { elementOf, groupOf } from '../../tag.ts';

/** Elements (the low byte) by group and creator. */
const safe: readonly (readonly [group: number, creator: string, elements: readonly number[]])[] = [
  [0x7053, 'Philips PET Private Group', [0x00, 0x09]],
  [0x00e1, 'ELSCINT1', [0x21]],
  [0x01f1, 'ELSCINT1', [0x07, 0x26, 0x27]],
  [0x0019, 'GEMS_ACQU_01', [0x23, 0x24, 0x27]],
  [0x0043, 'GEMS_PARM_01', [0x27, 0x39]],
  [0x0045, 'GEMS_HELIOS_01', [0x01, 0x02]],
  [0x2001, 'Philips Imaging DD 001', [0x03, 0x04]],
  [0x0019, 'SIEMENS MR HEADER', [0x0c, 0x0d, 0x0e, 0x27]],
];

/** Binary numbers, decimal strings and codes: nothing a name fits into unseen. */
const numeric: ReadonlySet<string> = new Set([
  'CS', 'DS', 'FD', 'FL', 'IS', 'SL', 'SS', 'SV', 'UL', 'US', 'UV',
]); // prettier-ignore

/** Whether the list names a private element and its value is a number or code. */
export function isSafePrivate(tag: number, vr: string, creator: string | undefined): boolean {
  return (
    numeric.has(vr) &&
    safe.some(
      ([of, by, elements]) =>
        of === groupOf(tag) && by === creator?.trim() && elements.includes(elementOf(tag) % 0x100),
    )
  );
}
