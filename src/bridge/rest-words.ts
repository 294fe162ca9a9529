import { Buffer } from "node:buffer";

export const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Words by which a REST proxy says that it is the record that is wrong, and not the day. */
export const isAboutTheRecord = (words: string): boolean =>
  /too ?large|max\.request\.size|message\.max\.bytes|invalid ?record/i.test(words);
