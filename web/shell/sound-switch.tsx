import { Volume2, VolumeX } from "lucide-react";
import { setSound, useSound } from "../ui/sound.ts";

export function SoundSwitch() {
  const on = useSound();
  const Icon = on ? Volume2 : VolumeX;
  return (
    <button
      type="button"
      className="btn btn-bare hidden w-11 px-0 text-ivory-dim sm:inline-flex"
      aria-pressed={on}
      aria-label="Sound"
      title={on ? "Sound is on" : "Sound is off"}
      onClick={() => setSound(!on)}
    >
      <Icon size={20} aria-hidden="true" />
    </button>
  );
}
