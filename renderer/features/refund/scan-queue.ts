/** Who looks at scans. */
interface ScanListener {
  /** The first key of a burst, before anybody knows that it is a scan. */
  begin(): void;
  /** It was a scan; its turn comes later. */
  heard(): void;
  scan(code: string): Promise<void>;
}

export interface ScanQueue {
  begin(): void;
  add(code: string): void;
  /** Looks at what waits and at all that comes, one after the other, until the returned function is called. */
  listen(listener: ScanListener): () => void;
}

/** Scans wait here until the receipt is on the screen: whoever scans receipt and goods in one go loses neither. */
export function createScanQueue(): ScanQueue {
  const waiting: string[] = [];
  let listener: ScanListener | undefined;
  let busy = false;

  async function drain(): Promise<void> {
    if (busy) return;
    busy = true;
    while (listener && waiting.length > 0) await listener.scan(waiting.shift() ?? '');
    busy = false;
  }

  return {
    begin: () => listener?.begin(),
    add(code) {
      listener?.heard();
      waiting.push(code);
      void drain();
    },
    listen(next) {
      listener = next;
      void drain();
      return () => {
        if (listener === next) listener = undefined;
      };
    },
  };
}
