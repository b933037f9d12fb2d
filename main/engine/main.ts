import { boot, type RunningEngine } from './boot.ts';
import { connectToHost } from './host-link.ts';
import { listenLocally } from './local-socket.ts';

/** The engine as a process of its own, started by Electron's main: as a utilityProcess, or as a Node child. */
let running: RunningEngine | undefined;
let closeSocket: (() => Promise<void>) | undefined;

connectToHost({
  async start({ dataDir, keystoreSecret }) {
    running = await boot({ dir: dataDir, keystoreSecret });
    closeSocket = await listenLocally(dataDir, (port) => running?.server.serve(port, 'local'));
    return { seq: running.engine.journal.head().seq };
  },
  port(port) {
    running?.server.serve(port, 'page');
  },
  async stop() {
    await closeSocket?.();
    await running?.stop();
  },
});
