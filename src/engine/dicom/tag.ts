/** Tags of data elements as one number, so that their order is that of a data set (PS3.5 section 7.1). */

/** Group times 65536 plus element, unsigned. */
export type Tag = number;

export const ITEM: Tag = 0xfffee000;
export const ITEM_DELIMITATION: Tag = 0xfffee00d;
export const SEQUENCE_DELIMITATION: Tag = 0xfffee0dd;
export const FILE_META_GROUP_LENGTH: Tag = 0x00020000;
export const MEDIA_STORAGE_SOP_CLASS_UID: Tag = 0x00020002;
export const MEDIA_STORAGE_SOP_INSTANCE_UID: Tag = 0x00020003;
export const TRANSFER_SYNTAX_UID: Tag = 0x00020010;
export const SPECIFIC_CHARACTER_SET: Tag = 0x00080005;
export const SOP_CLASS_UID: Tag = 0x00080016;
export const SOP_INSTANCE_UID: Tag = 0x00080018;
export const MODALITY: Tag = 0x00080060;
export const PATIENT_ID: Tag = 0x00100020;
export const STUDY_INSTANCE_UID: Tag = 0x0020000d;
export const SERIES_INSTANCE_UID: Tag = 0x0020000e;
export const PIXEL_REPRESENTATION: Tag = 0x00280103;
export const PIXEL_DATA: Tag = 0x7fe00010;

export function tagOf(group: number, element: number): Tag {
  return group * 0x10000 + element;
}

export function groupOf(tag: Tag): number {
  return Math.floor(tag / 0x10000);
}

export function elementOf(tag: Tag): number {
  return tag % 0x10000;
}

/** As the standard writes it: `(0010,0010)`, hexadecimal digits in capitals. */
export function formatTag(tag: Tag): string {
  const hex = tag.toString(16).toUpperCase().padStart(8, '0');
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
}

/** Reads `(0010,0010)`, `0010,0010` and `00100010`; undefined for anything else. */
export function parseTag(text: string): Tag | undefined {
  const digits =
    /^\(([0-9a-f]{4}),([0-9a-f]{4})\)$/i.exec(text) ?? /^([0-9a-f]{4}),?([0-9a-f]{4})$/i.exec(text);
  return digits === null ? undefined : Number.parseInt(`${digits[1]}${digits[2]}`, 16);
}

/** Whether the group is odd, which is where manufacturers keep attributes of their own (PS3.5 section 7.8). */
export function isPrivate(tag: Tag): boolean {
  return groupOf(tag) % 2 === 1;
}

/** Whether the element reserves a block of private attributes: (gggg,0010) to (gggg,00FF) with an odd group. */
export function isPrivateCreator(tag: Tag): boolean {
  return isPrivate(tag) && elementOf(tag) >= 0x10 && elementOf(tag) <= 0xff;
}

export function isGroupLength(tag: Tag): boolean {
  return elementOf(tag) === 0;
}
