/**
 * Private attributes known to identify nobody: those of PS3.15 table E.3.10-1 whose values are numbers or codes. What
 * holds free text or UIDs is not kept, whoever calls it safe.
 */
import { elementOf, groupOf } from '../../tag.ts';
import { numberSize, type Vr } from '../../vr.ts';

/** Representations by element (the low byte), by group and creator. */
const safe: readonly (readonly [group: number, creator: string, elements: Readonly<Record<number, Vr>>])[] = [
  [0x7053, 'Philips PET Private Group', { 0x00: 'DS', 0x09: 'DS' }],
  [0x00e1, 'ELSCINT1', { 0x21: 'DS' }],
  [0x01f1, 'ELSCINT1', { 0x07: 'DS', 0x26: 'DS', 0x27: 'DS' }],
  [0x0019, 'GEMS_ACQU_01', { 0x23: 'DS', 0x24: 'DS', 0x27: 'DS' }],
  [0x0043, 'GEMS_PARM_01', { 0x27: 'SH', 0x39: 'IS' }],
  [0x0045, 'GEMS_HELIOS_01', { 0x01: 'SS', 0x02: 'FL' }],
  [0x2001, 'Philips Imaging DD 001', { 0x03: 'FL', 0x04: 'CS' }],
  [0x0019, 'SIEMENS MR HEADER', { 0x0c: 'IS', 0x0d: 'CS', 0x0e: 'FD', 0x27: 'FD' }],
];

/** What the value of each may be: nothing a name fits into unseen. Numbers in bytes are of a few. */
const forms: Readonly<Partial<Record<Vr, RegExp>>> = {
  CS: /^[A-Z0-9_ \\]{0,16}$/,
  DS: /^[\d.eE+\- \\]*$/,
  IS: /^[\d+\- \\]*$/,
  // A ratio, as of a pitch.
  SH: /^[\d.: ]{0,16}$/,
};
const mostBytes = 1024;

/**
 * Whether the list names a private element, it is of the representation that the list says, or of none that the file
 * knows, and its value is a number or code.
 */
export function isSafePrivate(tag: number, vr: Vr, creator: string | undefined, value: Uint8Array): boolean {
  const known = safe.find(
    ([of, by, elements]) =>
      of === groupOf(tag) && by === creator?.trim() && elementOf(tag) % 0x100 in elements,
  );
  const meant = known?.[2][elementOf(tag) % 0x100];
  if (meant === undefined || (vr !== meant && vr !== 'UN') || value.length > mostBytes) return false;
  const form = forms[meant];
  return form
    ? form.test(Buffer.from(value).toString('latin1').replace(/\0$/, ''))
    : value.length % (numberSize(meant) ?? 1) === 0;
}
