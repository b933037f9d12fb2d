let audio: AudioContext | undefined;

/** Two short low tones: the scan meant nothing. Silent where the page may not sound yet. */
export function beepUnknown(): void {
  tone(320, 0, 0.12);
  tone(240, 0.15, 0.2);
}

function tone(frequencyHz: number, afterSeconds: number, lengthSeconds: number): void {
  try {
    audio ??= new AudioContext();
    const oscillator = audio.createOscillator();
    const gain = audio.createGain();
    oscillator.type = 'square';
    oscillator.frequency.value = frequencyHz;
    gain.gain.value = 0.08;
    oscillator.connect(gain).connect(audio.destination);
    const start = audio.currentTime + afterSeconds;
    oscillator.start(start);
    oscillator.stop(start + lengthSeconds);
  } catch {
    // A machine without sound still shows the message.
  }
}
