/** Variables that change what Node or Electron itself does. The engine must not inherit them by accident. */
const REFUSED = /^(NODE_|ELECTRON_|npm_)/;

/** The environment an engine process gets: ours, without what would steer its runtime. */
export function engineEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !REFUSED.test(name)) kept[name] = value;
  }
  return kept;
}
