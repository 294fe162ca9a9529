/** The one function of Node's that the Worker uses; the rest of Node's types would let its globals in. */
declare module "node:crypto" {
  export function scryptSync(
    password: string,
    salt: Uint8Array,
    keyLength: number,
    options: { readonly N: number; readonly r: number; readonly p: number; readonly maxmem: number },
  ): Uint8Array;
}
