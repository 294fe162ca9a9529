/** Declares the one function of Node that the Worker uses. The full Node types would also declare Node's globals. */
declare module "node:crypto" {
  export function scryptSync(
    password: string,
    salt: Uint8Array,
    keyLength: number,
    options: { readonly N: number; readonly r: number; readonly p: number; readonly maxmem: number },
  ): Uint8Array;
}
