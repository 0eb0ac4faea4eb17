import { getLocale, intlTag } from '../../shared/language.ts';
import { m } from '../../shared/messages/messages.js';

/**
 * A duration a person can read at a glance: "under a second", "12 s", "4 min 5 s", "1 h 20 min".
 * `seconds` below zero counts as zero.
 */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole === 0) return m.units_under_a_second();
  if (whole < 60) return m.units_seconds({ count: whole });
  const minutes = Math.floor(whole / 60);
  if (minutes < 60)
    return whole % 60 === 0
      ? m.units_minutes({ count: minutes })
      : m.units_minutes_seconds({ minutes, seconds: whole % 60 });
  const restMinutes = minutes % 60;
  const hours = Math.floor(minutes / 60);
  return restMinutes === 0
    ? m.units_hours({ count: hours })
    : m.units_hours_minutes({ hours, minutes: restMinutes });
}

/** A running clock, always as wide as the last: "0:07", "12:04", "1:02:09". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** When something happened, as near as it matters: "just now", "5 min ago", "today 14:03", "12 May 2026". */
export function when(iso: string, now: Date = new Date()): string {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return '';
  const tag = intlTag(getLocale());
  const seconds = (now.getTime() - then.getTime()) / 1000;
  if (seconds < 60) return m.units_just_now();
  if (seconds < 3600) return m.units_minutes_ago({ count: Math.floor(seconds / 60) });
  if (then.toDateString() === now.toDateString()) {
    return m.units_today_at({ time: then.toLocaleTimeString(tag, { hour: '2-digit', minute: '2-digit' }) });
  }
  return then.toLocaleDateString(tag, { day: 'numeric', month: 'short', year: 'numeric' });
}
