import { create } from 'zustand';

interface ConnectionState {
  connected: boolean;
  /** Grows when the sign-in front should be asked again: the engine said that the center is not what we thought. */
  frontVersion: number;
  /** The center's distance from UTC; this machine's own until the center is known. */
  offsetMinutes: number;
  /** Set while the engine refuses to post because the clock looks wrong; milliseconds since 1970. */
  doubtedClock: { lastAt: number; now: number } | null;
  setConnected(connected: boolean): void;
  askFrontAgain(): void;
  setOffsetMinutes(offsetMinutes: number): void;
  doubtClock(doubt: { lastAt: number; now: number } | null): void;
}

/** How the page stands with its engine. */
export const connection = create<ConnectionState>((set) => ({
  connected: false,
  frontVersion: 0,
  offsetMinutes: -new Date().getTimezoneOffset(),
  doubtedClock: null,
  setConnected: (connected) => set({ connected }),
  askFrontAgain: () => set((state) => ({ frontVersion: state.frontVersion + 1 })),
  setOffsetMinutes: (offsetMinutes) => set({ offsetMinutes }),
  doubtClock: (doubtedClock) => set({ doubtedClock }),
}));
