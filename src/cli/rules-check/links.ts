import { posix } from "node:path";
import { lineOf, type Files } from "./files.ts";

/**
 * Checks that relative links in documents lead to an existing file or folder and, after a `#`, to an existing heading. In other
 * files, pointers to a section of a document, such as `rooms/RULES.md#c4`, are relative to the root.
 */
export function linkFaults(files: Files): readonly string[] {
  const folders = new Set([...files.keys()].flatMap(foldersOf));
  return [...files].flatMap(([path, text]) => {
    const document = path.endsWith(".md");
    const links = document ? withoutCode(text).matchAll(LINK) : text.matchAll(POINTER);
    return [...links].flatMap((match) => {
      const link = match[1] ?? match[2] ?? "";
      if (/^[a-z]+:/.test(link)) return [];
      const fault = faultOf(files, folders, document ? path : "", link);
      return fault === null ? [] : [`${path}:${lineOf(text, match.index)}: ${fault}`];
    });
  });
}

/** `[text](target)`, `![text](target)` and the `src` or `href` of a tag. */
const LINK = /\]\(([^)\s]+)\)|\b(?:src|href)="([^"]+)"/g;
/** A pointer in a comment of the code. */
const POINTER = /((?:[\w-]+\/)*[A-Za-z-]+\.md#[\w-]+)/g;

function faultOf(files: Files, folders: ReadonlySet<string>, from: string, link: string): string | null {
  const [file = "", anchor] = link.split("#");
  const path = file === "" ? from : posix.join(posix.dirname(from), file).replace(/\/$/, "");
  const text = files.get(path);
  if (text === undefined && !folders.has(path)) return `${link} leads to no file.`;
  if (anchor === undefined || anchorsOf(text ?? "").has(anchor)) return null;
  return `${link}: ${path} has no heading of that name.`;
}

function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return [".", ...parts.map((_, i) => parts.slice(0, i + 1).join("/"))];
}

/** Anchors as GitHub makes them from headings: lower case, hyphens for spaces, no other punctuation, repeats numbered. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutCode(text).matchAll(/^#{1,6} +(.+)$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = plain
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .trim()
      .replaceAll(" ", "-");
    let name = slug;
    for (let n = 1; anchors.has(name); n++) name = `${slug}-${n}`;
    anchors.add(name);
  }
  return anchors;
}

/** Blanks out code and keeps the line numbers. */
function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```|`[^`\n]*`/gm, (code) => code.replace(/[^\n]/g, " "));
}
