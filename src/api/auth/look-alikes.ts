/**
 * Letters of other scripts that look like an ASCII letter or digit; each row starts with the ASCII one. `l` also stands for `1`
 * and `i`, and `o` for `0`. From Unicode's confusables.txt (UTS 39): letters only, in NFKC form, plus a few small letters of
 * Greek and Cyrillic that look like small capitals.
 */
const ROWS = [
  "2ƧϨᒿꙄꝚ",
  "3ƷȜЗӠⳌꝪꞫ𑣊𖼻",
  "4Ꮞ𑢯",
  "5Ƽ𑢻",
  "6бᏮⳒ𑣕",
  "7𐓒𑣆",
  "8Ȣȣ𐌚",
  "9ⳊꝮ𑢬𑣌𑣖",
  "aɑΑαАаᎪᗅꓮ𐊠𖽀",
  "bƄΒВЬвᏏᏴᑲᖯᗷꓐꞴ𐊂𐊡𐌁",
  "cСсᏟᴄⲤⲥꓚꮯ𐊢𐌂𐐕𐐽𐔜",
  "dԁᎠᏧᑯᗞᗪꓒꓓ",
  "eΕεЕеҽᎬⴹꓰꬲ𐊆𑢦𑢮",
  "fϜքᖴẝꓝꞘꞙꬵ𐊇𐊥𐔥𑢢𑣂",
  "gƍɡԌցᏀᏳᶃꓖ",
  "hΗНнһհᎻᏂᕼⲎꓧ𐋏",
  "jͿϳЈјᎫᒍꓙꞲ",
  "kΚκКкᏦᛕⲔꓗ𐔘",
  "lıƖǀɩɪΙιІіӀӏᎥᏞᒪᛁⲒⳐⵏꓡꓲꙇꭵ𐊊𐌉𐐛𐔦𑢣𑢲𑣃𖼖𖼨",
  "mΜϺМмᎷᗰᛖⲘꓟ𐊰𐌑",
  "nΝηոռⲚꓠ𐔓",
  "oΟοσОоՕօଠഠဝჿዐᴏᴑⲞⲟⵔꓳꬽ𐊒𐊫𐐄𐐬𐓂𐓪𐔖𑢵𑣈𑣗",
  "pΡρРрᏢᑭⲢⲣꓑ𐊕",
  "qԛգզⵕ",
  "rƦгᎡᏒᖇᴦⲅꓣꭇꭈꮁ𐒴𖼵",
  "sƽЅѕՏᏕᏚꓢꜱꮪ𐊖𐐠𐑈𑣁𖼺",
  "tΤτТтᎢⲦꓔ𐊗𐊱𐌕𑢼𖼊",
  "uʋυՍսሀᑌᴜꓴꞟꭎꭒ𐓎𐓶𑢸𑣘𖽂",
  "vνѴѵᏙᐯᴠⴸꓦꛟꮩ𐔝𑜆𑢠𑣀𖼈",
  "wɯѡԜԝաᎳᏔᴡꓪꮃ𑜊𑜎𑜏",
  "xΧχХхᕁᕽᚷⲬⵝꓫꞳ𐊐𐊴𐌗𐔧",
  "yɣʏΥγУуҮүყᎩᎽᶌỿⲨꓬꭚ𐊲𑢤𑣜𖽃",
  "zΖᏃᴢꓜꮓ𑢩𑣄",
];

const LOOKS: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap((row) => {
    const [like = "", ...letters] = row;
    return letters.map((letter): [string, string] => [letter, like]);
  }),
);

const AMONG_ASCII: Readonly<Record<string, string>> = { "0": "o", "1": "l", i: "l" };

/** Accents on Latin, Greek and Cyrillic letters: they are ignored, since a dot below a letter is easily missed. */
const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{Mn}*)\p{Mn}/gu;

/** What the name looks like, without case, accents and separators of words. Two accounts never share a look. */
export function lookOf(shown: string): string {
  const letters = Array.from(shown.normalize("NFD").replace(ACCENTS, "").replaceAll("ς", "σ"), (letter) => {
    const like = LOOKS.get(letter) ?? LOOKS.get(letter.toLowerCase()) ?? letter.toLowerCase();
    return AMONG_ASCII[like] ?? like;
  });
  const look = letters.join("").replaceAll("rn", "m").replaceAll("vv", "w");
  return look.replace(/[ ._'-]+/g, "").normalize("NFC");
}
