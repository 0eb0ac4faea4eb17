/** Moving dates by whole days, so that times of day and all intervals stay (PS3.15 section E.3.6; forms: PS3.5 6.2). */

const day = 86_400_000;

function moved(year: number, month: number, date: number, days: number): string | undefined {
  const from = new Date(0);
  from.setUTCFullYear(year, month - 1, date);
  if (from.getUTCFullYear() !== year || from.getUTCMonth() !== month - 1 || from.getUTCDate() !== date)
    return undefined;
  const to = new Date(from.getTime() + days * day);
  const digits = [String(to.getUTCFullYear()).padStart(4, '0'), to.getUTCMonth() + 1, to.getUTCDate()];
  return digits.map((part) => String(part).padStart(2, '0')).join('');
}

/** A DA of eight digits or, from before 1993, with dots. Undefined for anything else, which is no date to keep. */
export function shiftDate(text: string, days: number): string | undefined {
  const [, year, dot, month, date] = /^(\d{4})(\.?)(\d{2})\2(\d{2})$/.exec(text.trim()) ?? [];
  const to = moved(Number(year), Number(month), Number(date), days);
  if (to === undefined || dot === undefined) return undefined;
  return [to.slice(0, 4), to.slice(4, 6), to.slice(6)].join(dot);
}

/** A DT of any precision, with its zone as it is: the offset is in whole days, which no zone changes. */
export function shiftDateTime(text: string, days: number): string | undefined {
  const [, year, month, date, rest = '', zone = ''] =
    /^(\d{4})(\d{2})?(\d{2})?(\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)?([+-]\d{4})?$/.exec(text.trim()) ?? [];
  if (year === undefined) return undefined;
  const to = moved(Number(year), Number(month ?? 7), Number(date ?? 1), days);
  if (to === undefined) return undefined;
  const precision = month === undefined ? 4 : date === undefined ? 6 : 8;
  return `${to.slice(0, precision)}${rest}${zone}`;
}

/** A TM as it is where it is one (an offset in whole days leaves it), undefined where it is not. */
export function shiftTime(text: string): string | undefined {
  const plain = text.trim();
  return /^(?:[01]\d|2[0-3])(?::?[0-5]\d(?::?(?:[0-5]\d|60)(?:\.\d{1,6})?)?)?$/.test(plain)
    ? plain
    : undefined;
}
