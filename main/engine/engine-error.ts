/** Why the engine cannot open or keep a data folder. The sentence is for the person at the screen. */
export class EngineError extends Error {
  readonly code: string;
  constructor(code: string, sentence: string) {
    super(sentence);
    this.name = 'EngineError';
    this.code = code;
  }
}
