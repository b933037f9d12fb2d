import { join } from 'node:path';
import { app } from 'electron';

/** Where the parts of the program lie, in a clone and in a packed program. */
export interface ProgramPaths {
  engine: string;
  nodeBinary: string;
  screens: string;
}

/**
 * In a packed program the engine lies outside the archive, because a plain Node and SQLite's native file cannot be
 * loaded from inside one. Only an unpacked program lets the environment name other parts: tests do.
 */
export function programPaths(): ProgramPaths {
  const folder = app.getAppPath();
  const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';
  if (app.isPackaged) {
    return {
      engine: join(`${folder}.unpacked`, 'build', 'engine', 'main.js'),
      nodeBinary: join(process.resourcesPath, 'node', nodeName),
      screens: join(folder, 'build', 'renderer'),
    };
  }
  const { TITIPAN_ENGINE, TITIPAN_NODE, TITIPAN_RENDERER_DIR } = process.env;
  return {
    engine: TITIPAN_ENGINE || join(folder, 'build', 'engine', 'main.js'),
    nodeBinary: TITIPAN_NODE || join(folder, 'node_modules', 'node', 'bin', nodeName),
    screens: TITIPAN_RENDERER_DIR || join(folder, 'build', 'renderer'),
  };
}
