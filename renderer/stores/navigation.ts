import { create } from 'zustand';

export type Section =
  | 'till'
  | 'sales'
  | 'close'
  | 'vendors'
  | 'products'
  | 'intake'
  | 'settle'
  | 'people'
  | 'settings';

export interface Route {
  section: Section;
  /** A vendor or a settlement, where the section shows one. */
  id?: number;
}

interface NavigationState {
  route: Route | null;
  /** The open form holds what would be lost. */
  unsaved: boolean;
  /** Where the person wants to go, while the question about the unsaved form is open; `out` is away from work. */
  wanted: Route | 'out' | null;
  go(route: Route): void;
  /** True when nothing would be lost by signing out; else the question is open now. */
  mayGoOut(): boolean;
  leave(): void;
  stay(): void;
  setUnsaved(unsaved: boolean): void;
  reset(): void;
}

/** Where the signed-in person is. `null`: at the role's home. */
export const navigation = create<NavigationState>((set, get) => ({
  route: null,
  unsaved: false,
  wanted: null,
  go(route) {
    if (get().unsaved) set({ wanted: route });
    else set({ route });
  },
  mayGoOut() {
    if (get().unsaved) set({ wanted: 'out' });
    return !get().unsaved;
  },
  leave: () =>
    set(({ wanted, route }) => ({
      route: wanted === 'out' ? route : wanted,
      wanted: null,
      unsaved: false,
    })),
  stay: () => set({ wanted: null }),
  setUnsaved: (unsaved) => set({ unsaved }),
  reset: () => set({ route: null, wanted: null, unsaved: false }),
}));
