/** Whether a window can be shown here. */
import { connect } from 'node:net';
import { resolve } from 'node:path';

const answerTimeoutMs = 1_000;
const firstX11Port = 6000;

/**
 * Finds the display to open a window on. A variable alone proves nothing (it is often left over from a closed
 * session), so the server behind it must take a connection.
 * @returns {Promise<'native' | 'x11' | 'wayland' | undefined>} undefined when no window can be shown.
 */
export async function findDisplay(environment = process.env, platform = process.platform) {
  if (platform === 'win32' || platform === 'darwin') return 'native';
  const { DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR } = environment;
  const x11 = /^([^:]*):(\d+)(?:\.\d+)?$/.exec(DISPLAY ?? '');
  if (x11 && (await answers(x11Address(x11[1], x11[2])))) return 'x11';
  if (WAYLAND_DISPLAY && (await answers({ path: resolve(XDG_RUNTIME_DIR ?? '/', WAYLAND_DISPLAY) })))
    return 'wayland';
  return undefined;
}

function x11Address(host, number) {
  if (host === '' || host === 'unix') return { path: `/tmp/.X11-unix/X${number}` };
  return { host, port: firstX11Port + Number(number) };
}

function answers(address) {
  return new Promise((done) => {
    const socket = connect(address);
    const finish = (answer) => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(answerTimeoutMs, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
