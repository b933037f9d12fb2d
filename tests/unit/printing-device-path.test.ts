/**
 * Proves which paths can be a printer by their name, on either kind of system: devices, shared printers and files in
 * full, never a disk, a folder's file without its ending, or anything relative.
 */
import { constants } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { devicePath } from '../../main/engine/printing/device-path.ts';

const { O_WRONLY, O_APPEND, O_NONBLOCK, O_CREAT, O_TRUNC } = constants;

describe('Windows', () => {
  it.each([
    ['LPT1', '\\\\.\\LPT1'],
    ['com12', '\\\\.\\com12'],
    ['\\\\.\\LPT2', '\\\\.\\LPT2'],
    ['\\\\kasir\\EPSON TM', '\\\\kasir\\EPSON TM'],
    ['\\\\192.168.1.7\\struk', '\\\\192.168.1.7\\struk'],
    ['\\\\kasir\\EPSON\\', '\\\\kasir\\EPSON\\'],
    [
      '\\\\?\\usb#vid_04b8&pid_0202#5&2#{28d78fad-5a12-11d1-ae5b-0000f803a8c2}',
      '\\\\?\\usb#vid_04b8&pid_0202#5&2#{28d78fad-5a12-11d1-ae5b-0000f803a8c2}',
    ],
  ])('%s is a device or a shared printer, written and not appended to', (text, path) => {
    expect(devicePath(text, 'win32')).toEqual({ path, flags: O_WRONLY, isDeviceByName: true });
  });

  it.each(['C:\\struk\\out.prn', '\\\\server\\umum\\out.prn', '\\\\.\\PhysicalDrive0', '\\\\.\\C:'])(
    '%s is no device by its name: what it is has to be looked at',
    (path) =>
      expect(devicePath(path, 'win32')).toEqual({ path, flags: O_WRONLY | O_APPEND, isDeviceByName: false }),
  );

  it.each(['', 'LPT0', 'LPT10', 'out.prn', 'struk\\out.prn', 'C:\\a\0b.prn', `C:\\${'x'.repeat(2_000)}`])(
    '%j is none',
    (text) => expect(devicePath(text, 'win32')).toBeUndefined(),
  );
});

describe('elsewhere', () => {
  it.each(['/dev/usb/lp0', '/dev/ttyS0', '/tmp/out.prn'])('%s is opened without blocking', (path) => {
    const flags = devicePath(path, 'linux')?.flags ?? 0;
    expect(flags & (O_WRONLY | O_APPEND | O_NONBLOCK)).toBe(O_WRONLY | O_APPEND | O_NONBLOCK);
    expect(flags & (O_CREAT | O_TRUNC)).toBe(0);
  });

  it.each(['', 'lp0', 'LPT1', '\\\\kasir\\EPSON', 'C:\\out.prn', '/a\0b', `/${'x'.repeat(2_000)}`])(
    '%j is none',
    (text) => expect(devicePath(text, 'linux')).toBeUndefined(),
  );
});
