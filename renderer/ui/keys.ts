import { useLayoutEffect, useRef } from 'react';

/** Key combinations such as `F8`, `Alt+1`, `Control+Enter`, and what they do. Return false to let the key pass on. */
export type KeyBindings = Readonly<Record<string, (event: KeyboardEvent) => unknown>>;

interface Layer {
  bindings: { current: KeyBindings };
  /** An open dialog: what lies below does not hear any key. */
  modal: boolean;
  /** Scans pass through to what lies below: the dialog only shows how something ended. */
  passScans: boolean;
}

const layers: Layer[] = [];

/** The name of a pressed combination: modifiers in the order Control, Alt, Shift, then the key. */
export function comboOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'code'>,
): string {
  // With Alt some layouts give another character for a digit key, so digits are read from the key's place.
  const digit = event.altKey ? /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] : undefined;
  const key = digit ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key);
  const shift = event.shiftKey && event.key.length > 1;
  return `${event.ctrlKey ? 'Control+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`;
}

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const combo = comboOf(event);
  for (const layer of layers.toReversed()) {
    const action = layer.bindings.current[combo];
    if (action && action(event) !== false) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (layer.modal) return;
  }
}

/** True while a dialog has the keyboard: the till's scanner waits. */
export function isDialogOpen(): boolean {
  return layers.some((layer) => layer.modal && !layer.passScans);
}

/** Binds keys while the component is there. Later layers come first; a modal one shuts out the earlier ones. */
export function useKeys(
  bindings: KeyBindings,
  options: { modal?: boolean; passScans?: boolean; active?: boolean } = {},
): void {
  const current = useRef(bindings);
  current.current = bindings;
  const { modal = false, passScans = false, active = true } = options;
  // Before the next paint: a scan that begins as a dialog goes must already find the till listening.
  useLayoutEffect(() => {
    if (!active) return;
    const layer: Layer = { bindings: current, modal, passScans };
    if (layers.length === 0) window.addEventListener('keydown', dispatch);
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) window.removeEventListener('keydown', dispatch);
    };
  }, [modal, passScans, active]);
}
