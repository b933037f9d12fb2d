/** What of a screen matters here; as Electron's Display has it. */
export interface Screen {
  id: number;
  bounds: { x: number; y: number; width: number; height: number };
}

/** Where there is no second screen, a window a cashier can move beside the till's to see what the buyer would. */
const OWN_SIZE = { width: 1024, height: 700 };

/**
 * Where the buyer's window belongs: all of the first screen that the till's window is not on, else a window of its own.
 * `tillScreen` is the id of the screen the till's window is on.
 */
export function displayPlace(
  screens: readonly Screen[],
  tillScreen: number,
): { fullscreen: boolean; x?: number; y?: number; width: number; height: number } {
  const other = screens.find(({ id }) => id !== tillScreen);
  return other ? { fullscreen: true, ...other.bounds } : { fullscreen: false, ...OWN_SIZE };
}
