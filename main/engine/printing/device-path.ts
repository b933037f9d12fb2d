/** Which path can be a printer, by its name alone: the file system has the last word (file-sender.ts). */
import { constants } from 'node:fs';
import { posix, win32 } from 'node:path';

const MAX_PATH = 1_024;
/** `LPT1` is the same device from every folder; written in full it cannot be taken for a file of that name. */
const BARE_PORT = /^(LPT[1-9]|COM[1-9]\d{0,2})$/i;
/** `\\.\LPT1`, `\\.\COM12`, or a USB printer by its interface: never a disk, which has a name of this kind as well. */
const WINDOWS_DEVICE = /^\\\\[.?]\\(LPT[1-9]|COM[1-9]\d{0,2}|usb#[^\\/]+)$/i;
/** `\\kasir\EPSON`: a printer shared by a machine; a third part would be a file in a shared folder. */
const WINDOWS_SHARE = /^\\\\[^\\/.?][^\\/]*\\[^\\/]+\\?$/;

export interface DevicePath {
  path: string;
  flags: number;
  /** The name says that it is a device or a shared printer, which tells little of itself when it is opened. */
  isDeviceByName: boolean;
}

/** Undefined for a path that cannot be a printer: relative, too long, or with a NUL in it. */
export function devicePath(text: string, platform: NodeJS.Platform): DevicePath | undefined {
  if (text.length > MAX_PATH || text.includes('\0')) return undefined;
  return platform === 'win32' ? windowsPath(text) : posixPath(text);
}

/**
 * Opened without blocking: a printer that is out of paper must not hold one of the few threads that serve every file
 * operation of the engine. Never O_CREAT: a printer that is switched off must not become an ordinary file in /dev.
 */
function posixPath(path: string): DevicePath | undefined {
  if (!posix.isAbsolute(path)) return undefined;
  const { O_WRONLY, O_APPEND, O_NONBLOCK, O_NOCTTY } = constants;
  return { path, flags: O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY, isDeviceByName: false };
}

/** Windows knows none of these flags but O_APPEND, which a shared printer refuses: it can be written, not appended to. */
function windowsPath(text: string): DevicePath | undefined {
  const path = BARE_PORT.test(text) ? `\\\\.\\${text}` : text;
  if (!win32.isAbsolute(path)) return undefined;
  const { O_WRONLY, O_APPEND } = constants;
  const isDeviceByName = WINDOWS_DEVICE.test(path) || WINDOWS_SHARE.test(path);
  return { path, flags: isDeviceByName ? O_WRONLY : O_WRONLY | O_APPEND, isDeviceByName };
}
