import type { PlayerId } from "../../../rooms/game.ts";
import { lookOf } from "./look-alikes.ts";

/** Crockford's base 32 in lower case: no letter that can be read as another. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Uniform letters, five bits each. */
export function randomLetters(length: number): string {
  return [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => ALPHABET[byte % 32]).join("");
}

export const isPlayerId = (value: unknown): value is PlayerId =>
  typeof value === "string" && /^[0-9a-hjkmnp-tv-z]{20}$/.test(value);

/** 100 bits: nobody guesses one, and no two meet. */
export function newPlayerId(): PlayerId {
  const id = randomLetters(20);
  if (!isPlayerId(id)) throw new Error("not a player id");
  return id;
}

/** The letters that a text stands for in this house, at most 32 of them: always the same, and nobody else can tell them. */
export async function lettersOf(secret: string, text: string, length: number): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return [...new Uint8Array(mac).slice(0, length)].map((byte) => ALPHABET[byte % 32]).join("");
}

/** The id that a text stands for in this house, and that nobody else can tell. */
export async function playerIdOf(secret: string, text: string): Promise<PlayerId> {
  const id = await lettersOf(secret, `player ${text}`, 20);
  if (!isPlayerId(id)) throw new Error("not a player id");
  return id;
}

export const TONES =
  "Amber Ash Brass Cedar Copper Coral Dusky Ebony Fern Flint Garnet Golden Hazel Indigo Ivory Jade Juniper Lunar Maple Misty Mossy Olive Onyx Opal Pearl Quiet Ruby Rustic Sable Scarlet Silver Slate Smoky Sterling Sunny Tawny Teal Umber Velvet Violet Walnut Willow".split(
    " ",
  );
export const CREATURES =
  "Badger Bear Crane Deer Dove Eagle Falcon Finch Fox Gecko Hare Hawk Heron Ibis Jackal Jay Kestrel Kite Lark Lemur Lynx Magpie Marten Mole Newt Osprey Otter Owl Panda Plover Puffin Quail Raven Robin Seal Stoat Swan Swift Tern Tiger Vole Wolf Wren Yak".split(
    " ",
  );

const GUESTS_LOOKS: Set<string> = new Set();

/** Whether a name looks like those below, whatever is between its words. */
export function isGuestsName(shown: string): boolean {
  if (GUESTS_LOOKS.size === 0)
    for (const tone of TONES)
      for (const creature of CREATURES)
        // Letters that look like another one together do so only when nothing is between them: `Copper Newt`, `CopperNewt`.
        for (const between of ["", " "]) GUESTS_LOOKS.add(lookOf(tone + between + creature));
  const [, words] = /^(.+?)[ ._'-]*[0-9]{3}$/.exec(shown) ?? [];
  return words !== undefined && GUESTS_LOOKS.has(lookOf(words));
}

/** `Brass Heron 482`: kind, and plainly not a registered name. */
export function friendlyName(): string {
  const [a = 0, b = 0, c = 0] = crypto.getRandomValues(new Uint32Array(3));
  return `${TONES[a % TONES.length]} ${CREATURES[b % CREATURES.length]} ${100 + (c % 900)}`;
}
