import { rankOf, suitOf, type Card } from "./cards.ts";

/**
 * The value of two cards before the flop, by their class: there are 169, 13 times the first rank plus the second, the higher rank
 * first when they are suited. `node test/bench/poker/ranges.ts` computes the tables: the equity against the best share of hands
 * by sampling every pair of classes; the all-in ranges heads-up by fictitious play of the game in which the small blind goes
 * all-in or folds, and the big blind calls or folds.
 */

export function classOf(a: Card, b: Card): number {
  const [high, low] = [Math.max(rankOf(a), rankOf(b)), Math.min(rankOf(a), rankOf(b))];
  return suitOf(a) === suitOf(b) ? 13 * high + low : 13 * low + high;
}

/** The equity against one hand out of the best `top` share of all hands. */
export function equityAgainst(hand: number, top: number): number {
  let [below, before] = [EQUITY[0]?.[0] ?? 0, at(0, hand)];
  for (const [i, [share]] of EQUITY.entries()) {
    const equity = at(i, hand);
    if (top <= share) return share === below ? equity : before + ((equity - before) * (top - below)) / (share - below);
    [below, before] = [share, equity];
  }
  return before;
}

/** The share of all hands that are better than this one, by their equity against any hand; 0 is the best. */
export const placeOf = (hand: number): number => PLACES[hand] ?? 1;

/** Whether the small blind goes all-in with this hand for this many big blinds. */
export const pushes = (hand: number, bigBlinds: number): boolean => bigBlinds <= stack(PUSH, hand);

/** The share of hands that go all-in for this many big blinds. */
export function pushed(bigBlinds: number): number {
  let [below, before] = PUSHED[0] ?? [0, 1];
  for (const [stacks, share] of PUSHED) {
    if (bigBlinds <= stacks) {
      return stacks === below ? share : before + ((share - before) * (bigBlinds - below)) / (stacks - below);
    }
    [below, before] = [stacks, share];
  }
  return before;
}

const stack = (text: string, hand: number): number => STACKS[parseInt(text[hand] ?? "0", 36)] ?? 0;
const at = (column: number, hand: number): number =>
  parseInt(EQUITY[column]?.[1].slice(2 * hand, 2 * hand + 2) ?? "0", 36) / 1_000;

// By rows of the first rank, from the two. Equities in thousandths, two digits of base 36 each.
const EQUITY: readonly (readonly [top: number, text: string])[] = [
  [
    0.05,
    "7k5f5h5r584q595j5v696r6v7f6k7p5w5y5j55595p606b6q717o6l717n69645k5o5u646i70757r6i6y7e7w6f675v66686f6z737v686q727h7v626b6l6h6l737a7e5s676n717d886k6m6r6p6r777e6c676i7a7k7i9t74777e7f7h7w6p6q6v747i7s8bbr828181858574757b7h7p7s8c8zdf8w8y8u8v7b7g7m7l7m7k8c919of697959n7n7v7y8183848k959wa9hd9lal8086848a8b898g969vabanjrc98p8m8q958h8l92989zambpd5mv",
  ],
  [
    0.1,
    "ag72787f6y6n7171737b7s7u8588an7o7p7a746y76777g7k838c888laq807t7l7a7a7a7j7y828g878k90b086807k7i7a7l7y868l7v8d8p97b78280817p7o8285827v838j8s9dc48g8e83827z8b8c7y7w8b8v949hd08q8h8j8i8a8m8a878b8n8y9j9re08x8w8w8y8z888a8d8h8o959j9yf89c969aa98f8f8l8n8m8z9d9ya6gm9h9nbx8o8v8s8w8x969j9za7ajiba6dl8y9396979d9i9h9sa9alb9k2fg9c9d9e9o929e9ta2b7cseeg4nl",
  ],
  [
    0.2,
    "c37z848d807l7w7u80818b8sat91cd8k8n8a7y7s7z82878b8zb0949gce8y8t8f8680858a8i8zb1979ha0cx938r8i8e858b8j96b48x9c9ma6df95908w8o8l8q98aw8r8z9e9qa9e398948w8r8k94be8q8t929oa0a9et9i98949199c39090929h9va6affm9n9i9g9zcw8y9798979o9uaaapgq9z9yave596939c9d9g9n9yaiauhyahbqf99c9h9d9l9p9qa0aiavbgj5cmg59v9xa2a1aaa9adatbtcjdfkthgbvbvbvc5bvc6d0dnezfwguhxnt",
  ],
  [
    0.35,
    "cw8a8h8o8c828c8a8i8m919xcj9dda8y938o8i8b8g8k8s93a5cp9h9vdp9e988z8q8k8p8u9aa6cu9n9zajec9p9f958v8q919hagd29a9ra4apet9o9l9b9a969jamd4969i9vadarfl9y9p9m9j9kaudq989b9oa7ajayg3a29x9va4bbe99e9g9ha1aaatb0gyabacarc8ey9f9o9r9qa7alavbdhxb5bmd5fz9p9o9xa2a2afarbabxiwc1dngja4a7a5afaiaob1bncfd0jvebh6azb0b8bbbmbwc9cxdyefezlgi7dgdgdmdxdyeef2fngnh4hsionv",
  ],
  [
    0.5,
    "d98f8n8v8k898j8l8t919vbddo9hdv979d8z8s8l8s8z9ba0bndw9na7ef9p9h9b928x959ea9bre19sa8asf29y9o9e98949jafc3e99ka1ahaxfma29x9q9n9rarcbeb9d9sa7amb2gba9a2a1a7aycner9h9la1agavb9gxahafapbmd2f79n9r9uabaob5bdhsb0bdcddxfp9ra1a6a5amazbcbyioc5d3eogia4a6agakanb3bjc7cvjjdff4gyavb2b3bdbmbwcid5dseakofqhjcbcfcocwdadkdxeifeftgcm7iaeielesf0f2fffxgch5hji4irnu",
  ],
  [
    0.7,
    "dk8l8s908p8g8t909naebictej9me99c9j95908u979ranbqd3eq9saceu9v9n9g9d9d9yasbzd9ew9yafaxfia49x9o9ra2b2c9djf39oa6anb3g7a9a8a9anbfcmdsf69k9zaeaub8gzaoasb7bycse2fl9r9vaaarb6bohnbdbrcidgeefxa2a8abatb7btc7imccd4e2f4gbajasayb1bkc4cld6jjdteqfth0bebhbqbzc6crd9dueikkf2g7hfcgcocsd1dddne7erffftlmglhudpdte2e8emeyf6fngggth7mmi9f9fdflfsfwg7gkgxhnhzidirnr",
  ],
  [
    1,
    "dy8z979k9g9labavbmcbd3e2fa9yex9ta4a0a6aeb3btcmddecfka7arfualakaqb0bcc4cudoekfraib0bjgrb4b9bfbsc9d4dxetg0afaybic0hlbqc0ccctdde8f1fzanb3blc4clifcicudadueefagcb6bcbucdcudcj5dedtebewfjgnbsc0c7cqd5dpe3k1ebetfeg3gxcfcpcyd4dle3ejf1ksfdfxgmhgd6dddmdwe1ejf0fffyljg5gthndye7edenevf4flg1gjgrm8h3hxesezfbfhfsg1g7glh7hfhnmxi6fzg7gfgngngxh8hghzi7ifionq",
  ],
];
const STACKS = [0, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 60, 100];
const PUSH =
  "g1122223458ae2h222223468bf2ah33333469bf3adh3334579bf38beh886679cf33adfibaa9acf338degidcbbcg456beggifedeg78aadfghigghh99bbcfghhighibbbdefghhhihicceeggghhiiiiggghghhhiiiii";
const PUSHED: readonly (readonly [bigBlinds: number, share: number])[] = [
  [1, 0.999],
  [1.5, 0.984],
  [2, 0.899],
  [3, 0.778],
  [4, 0.74],
  [5, 0.721],
  [6, 0.685],
  [7, 0.663],
  [8, 0.625],
  [10, 0.581],
  [12, 0.527],
  [15, 0.454],
  [20, 0.403],
  [25, 0.364],
  [30, 0.325],
  [40, 0.256],
  [60, 0.162],
  [100, 0.086],
];

/** How many of the 1,326 hands are in a class: a pair has 6, a suited class 4, another 12. */
const combinations = (hand: number): number => {
  const [a, b] = [Math.floor(hand / 13), hand % 13];
  return a === b ? 6 : a > b ? 4 : 12;
};

const PLACES: readonly number[] = (() => {
  const values = EQUITY.length - 1;
  const order = Array.from({ length: 169 }, (_, hand) => hand).sort((a, b) => at(values, b) - at(values, a));
  const places: number[] = [];
  let better = 0;
  for (const hand of order) {
    places[hand] = better / 1_326;
    better += combinations(hand);
  }
  return places;
})();
