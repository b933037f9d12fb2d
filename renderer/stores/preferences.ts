import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Language } from '../../shared/domain/calendar.ts';
import { machineStore } from '../engine/page-store.ts';

interface PreferencesState {
  language: Language;
  setLanguage(language: Language): void;
}

/** What the person chose for this machine. Light or dark is kept by Mantine itself. */
export const preferences = create<PreferencesState>()(
  persist(
    (set) => ({
      language: 'id',
      setLanguage: (language) => set({ language }),
    }),
    { name: 'titipan.preferences', storage: createJSONStorage(() => machineStore) },
  ),
);
