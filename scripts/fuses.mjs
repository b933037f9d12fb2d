/**
 * Sets the switches that are burnt into Electron's executable, so that a packed program cannot be turned into a
 * plain Node, a debugger or another program by an environment variable or an argument. electron-builder calls the
 * default export once for every folder it has packed, before anything is signed.
 */
import { join } from 'node:path';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** What we want of every fuse there is. An Electron may know fewer of them; it may not know more. */
export const wantedFuses = {
  [FuseV1Options.RunAsNode]: false,
  // The program keeps no cookies, and on Linux this would ask the person to unlock a keyring.
  [FuseV1Options.EnableCookieEncryption]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Checked on Windows and macOS; Electron has no such check on Linux.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // Would need a second V8 snapshot file beside the executable.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Electron's default: WebAssembly's own bounds checks.
  [FuseV1Options.WasmTrapHandlers]: true,
};

/**
 * Which fuses an executable has, by number, and whether each is on.
 * @returns {Promise<Map<number, boolean>>} only the fuses on this executable's wire.
 */
export async function readFuses(executable) {
  const { version: _, ...wire } = await getCurrentFuseWire(executable);
  const known = Object.entries(wire).filter(([, state]) => state !== FuseState.REMOVED);
  return new Map(known.map(([fuse, state]) => [Number(fuse), state === FuseState.ENABLE]));
}

/** Sets every fuse that the executable has. Throws when it has one we have no wish about. */
export async function setFuses(executable) {
  const fuses = {};
  for (const fuse of (await readFuses(executable)).keys()) {
    if (!(fuse in wantedFuses)) throw new Error(`Electron has a new fuse, number ${fuse}: decide about it`);
    fuses[fuse] = wantedFuses[fuse];
  }
  await flipFuses(executable, { version: FuseVersion.V1, ...fuses });
}

export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo;
  const names = { win32: `${productFilename}.exe`, darwin: `${productFilename}.app` };
  await setFuses(join(appOutDir, names[electronPlatformName] ?? packager.executableName));
}
