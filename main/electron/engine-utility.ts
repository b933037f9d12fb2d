import { MessageChannelMain, type UtilityProcess, utilityProcess } from 'electron';
import { engineEnvironment } from './engine-environment.ts';
import { createEngineProcess, type EngineLaunchOptions, type EngineProcess } from './engine-process.ts';

/**
 * Runs the engine in an Electron utilityProcess; a window's port goes to it whole, so that frames never pass
 * through main. Only after `app` is ready.
 */
export function launchUtility(options: EngineLaunchOptions): EngineProcess {
  return createEngineProcess(options, ({ onMessage, onExit }) => {
    const child = utilityProcess.fork(options.entry, [], {
      serviceName: 'Titipan engine',
      stdio: 'inherit',
      env: engineEnvironment(process.env),
    });
    child.on('message', onMessage);
    // Its code is not looked at: a crashed utilityProcess has been seen to report 0, and to report twice.
    child.on('exit', (code) => onExit(`exit ${code}`, true));
    return {
      pid: () => child.pid,
      post: (message) => child.postMessage(message),
      openPort(id) {
        const { port1: windowEnd, port2: engineEnd } = new MessageChannelMain();
        child.postMessage({ type: 'port', port: id }, [engineEnd]);
        return windowEnd;
      },
      onRelayed() {},
      closePorts() {},
      kill: () => killNow(child),
    };
  });
}

/** Electron's own kill is a SIGTERM, which a busy engine never gets to handle. */
function killNow(child: UtilityProcess): void {
  if (child.pid === undefined) return void child.kill();
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // Gone already: its exit event is on the way.
  }
}
