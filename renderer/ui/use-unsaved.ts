import { useEffect } from 'react';
import { isDesktop } from '../engine/client.ts';
import { navigation } from '../stores/navigation.ts';

/** Tells the navigation that this form holds something, so that leaving it asks first. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    navigation.getState().setUnsaved(unsaved);
    // Electron would refuse to close the window without a word, so there only our own question is asked.
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const ask = unsaved && !isDesktop();
    if (ask) window.addEventListener('beforeunload', warn);
    return () => {
      if (ask) window.removeEventListener('beforeunload', warn);
      navigation.getState().setUnsaved(false);
    };
  }, [unsaved]);
}
