/** Two short notes, a fourth apart, in Hz and seconds from the start. */
const NOTES = [
  { pitch: 659.25, at: 0 },
  { pitch: 880, at: 0.12 },
] as const;
/** Gain. Low enough for headphones. */
const LOUDNESS = 0.07;
const SECONDS = 0.35;

/**
 * Plays a short, quiet tone. Silent before the visitor has interacted with the page, because browsers block
 * it.
 */
export async function playTone(): Promise<void> {
  if (navigator.userActivation?.hasBeenActive === false) return;
  const audio = new AudioContext();
  try {
    await audio.resume();
    const start = audio.currentTime + 0.02;
    for (const { pitch, at } of NOTES) {
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      tone.frequency.value = pitch;
      // A sine with a soft start and end has no clicks.
      loudness.gain.setValueAtTime(0, start + at);
      loudness.gain.linearRampToValueAtTime(LOUDNESS, start + at + 0.015);
      loudness.gain.exponentialRampToValueAtTime(0.0001, start + at + SECONDS);
      tone.connect(loudness).connect(audio.destination);
      tone.start(start + at);
      tone.stop(start + at + SECONDS);
    }
    await new Promise((resolve) => setTimeout(resolve, (NOTES[1].at + SECONDS + 0.1) * 1000));
  } finally {
    await audio.close();
  }
}
