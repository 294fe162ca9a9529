import { Buffer } from "node:buffer";

export const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Whether a REST proxy's error text blames the record itself, so that a retry has no use. */
export const isAboutTheRecord = (words: string): boolean =>
  /too ?large|max\.request\.size|message\.max\.bytes|invalid ?record/i.test(words);
