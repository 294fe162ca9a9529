import type { PlayerId } from "../../../rooms/game.ts";
import { lookOf } from "./look-alikes.ts";

/** Crockford's base 32 in lower case: without letters that are easily confused. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Uniformly random letters, five bits each. */
export function randomLetters(length: number): string {
  return [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => ALPHABET[byte % 32]).join("");
}

export const isPlayerId = (value: unknown): value is PlayerId =>
  typeof value === "string" && /^[0-9a-hjkmnp-tv-z]{20}$/.test(value);

/** 100 random bits: cannot be guessed, and does not collide. */
export function newPlayerId(): PlayerId {
  const id = randomLetters(20);
  if (!isPlayerId(id)) throw new Error("not a player id");
  return id;
}

/** Up to 32 letters derived from the text by HMAC: deterministic, and unpredictable without the secret. */
export async function lettersOf(secret: string, text: string, length: number): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return [...new Uint8Array(mac).slice(0, length)].map((byte) => ALPHABET[byte % 32]).join("");
}

/** A player id derived from the text by HMAC. */
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

/** Whether a name looks like a generated guest name, whatever separates its words. */
export function isGuestsName(shown: string): boolean {
  if (GUESTS_LOOKS.size === 0)
    for (const tone of TONES)
      for (const creature of CREATURES)
        // Pairs such as `rn` look like one letter only without a space between them, so both spellings are added.
        for (const between of ["", " "]) GUESTS_LOOKS.add(lookOf(tone + between + creature));
  const [, words] = /^(.+?)[ ._'-]*[0-9]{3}$/.exec(shown) ?? [];
  return words !== undefined && GUESTS_LOOKS.has(lookOf(words));
}

/** `Brass Heron 482`: a friendly name that is clearly not a registered one. */
export function friendlyName(): string {
  const [a = 0, b = 0, c = 0] = crypto.getRandomValues(new Uint32Array(3));
  return `${TONES[a % TONES.length]} ${CREATURES[b % CREATURES.length]} ${100 + (c % 900)}`;
}
