import type { Rectangle } from 'electron';

/** In device-independent pixels. The page is laid out for this width and more. */
export const smallestWindow = { width: 900, height: 600 } as const;
const usualWindow = { width: 1280, height: 820 } as const;

/**
 * Where to open the window: where it was, as far as the screens of today allow; else in the middle at its usual size.
 *
 * @param last Where it was when it was closed.
 * @param screens Usable area of each screen, the main one first.
 */
export function openingBounds(
  last: Rectangle | undefined,
  screens: readonly Rectangle[],
): { x?: number; y?: number; width: number; height: number } {
  const screen = screens.find((area) => last !== undefined && overlap(last, area) >= 0.25) ?? screens[0];
  const wanted = last ?? usualWindow;
  const width = clamp(wanted.width, smallestWindow.width, screen?.width ?? wanted.width);
  const height = clamp(wanted.height, smallestWindow.height, screen?.height ?? wanted.height);
  if (last === undefined || screen === undefined || overlap(last, screen) < 0.25) return { width, height };
  return {
    x: clamp(last.x, screen.x, screen.x + screen.width - width),
    y: clamp(last.y, screen.y, screen.y + screen.height - height),
    width,
    height,
  };
}

/** Share of `window` that lies on `screen`, 0 to 1. */
function overlap(window: Rectangle, screen: Rectangle): number {
  const width = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const height = Math.min(window.y + window.height, screen.y + screen.height) - Math.max(window.y, screen.y);
  return (Math.max(0, width) * Math.max(0, height)) / (window.width * window.height);
}

/** The lower limit wins when the two contradict each other. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
