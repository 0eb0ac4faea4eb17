export type Shortcut =
  | { kind: 'step'; index: number }
  | { kind: 'open' | 'dicom' | 'settings' | 'help' | 'jobs' | 'undo' | 'next' };

type Keys = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'> & {
  target: unknown;
};

/** Whether what is typed goes into a field: then plain letters and undo belong to it. */
function isTyping(target: unknown): boolean {
  if (typeof target !== 'object' || target === null || !('tagName' in target)) return false;
  const { tagName } = target;
  if (tagName === 'TEXTAREA') return true;
  if (tagName !== 'INPUT') return false;
  const type = 'type' in target ? target.type : 'text';
  return type !== 'radio' && type !== 'checkbox' && type !== 'range';
}

/** The shortcut a key press stands for, or null. */
export function shortcutOf(event: Keys): Shortcut | null {
  const command = event.ctrlKey || event.metaKey;
  if (event.altKey && !command && /^Digit[1-4]$/.test(event.code)) {
    return { kind: 'step', index: Number(event.code.slice(5)) - 1 };
  }
  if (command && !event.altKey && !event.shiftKey) {
    if (event.key === 'Enter') return { kind: 'next' };
    const key = event.key.toLowerCase(); // Caps Lock changes nothing.
    if (key === 'o') return { kind: 'open' };
    if (key === 'd') return { kind: 'dicom' };
    if (key === ',') return { kind: 'settings' };
    if (key === 'j') return { kind: 'jobs' };
    if (key === 'z' && !isTyping(event.target)) return { kind: 'undo' };
  }
  if (event.key === '?' && !command && !isTyping(event.target)) return { kind: 'help' };
  return null;
}
