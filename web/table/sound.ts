import { soundIsOn } from "../ui/sound.ts";

/** Sounds synthesized on the spot: a chip, the ball on a fret, a quiet bell. Nothing is loaded, and sound is off by default. */

let context: AudioContext | null = null;

function audio(): AudioContext | null {
  if (!soundIsOn()) return null;
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  return context;
}

/** A chip on the felt. */
export function clack(): void {
  const ctx = audio();
  if (ctx === null) return;
  burst(ctx, 2_600, 0.05, 0.16);
  burst(ctx, 1_500, 0.07, 0.08, 0.02);
}

/** The ball hitting metal; `strength` from 0 to 1. */
export function knock(strength: number): void {
  const ctx = audio();
  if (ctx !== null) burst(ctx, 4_200, 0.045, 0.1 * Math.max(0.15, Math.min(1, strength)));
}

/** A card on the felt. */
export function flick(): void {
  const ctx = audio();
  if (ctx !== null) burst(ctx, 5_400, 0.04, 0.09);
}

/** The player's turn: one low, short note. */
export function nudge(): void {
  const ctx = audio();
  if (ctx !== null) tone(ctx, 329.63, 0);
}

/** A win. */
export function chime(): void {
  const ctx = audio();
  if (ctx === null) return;
  [523.25, 659.25, 783.99].forEach((pitch, i) => tone(ctx, pitch, i * 0.11));
}

/** A short burst of filtered noise. */
function burst(ctx: AudioContext, pitch: number, seconds: number, volume: number, delay = 0): void {
  const samples = Math.ceil(ctx.sampleRate * seconds);
  const buffer = ctx.createBuffer(1, samples, ctx.sampleRate);
  const data = buffer.getChannelData(0);
  for (let i = 0; i < samples; i++) data[i] = (Math.random() * 2 - 1) * (1 - i / samples) ** 3;
  const source = ctx.createBufferSource();
  source.buffer = buffer;
  const filter = ctx.createBiquadFilter();
  filter.type = "bandpass";
  filter.frequency.value = pitch;
  filter.Q.value = 2.2;
  const gain = ctx.createGain();
  gain.gain.value = volume;
  source.connect(filter).connect(gain).connect(ctx.destination);
  source.start(ctx.currentTime + delay);
}

function tone(ctx: AudioContext, pitch: number, delay: number): void {
  const at = ctx.currentTime + delay;
  const oscillator = ctx.createOscillator();
  oscillator.type = "sine";
  oscillator.frequency.value = pitch;
  const gain = ctx.createGain();
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.07, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0005, at + 0.9);
  oscillator.connect(gain).connect(ctx.destination);
  oscillator.start(at);
  oscillator.stop(at + 1);
}
