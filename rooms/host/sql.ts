/** The only door to `transactionSync`: an async callback, which would commit before it is done, is a type error. */
export function transact<T>(
  storage: Pick<DurableObjectStorage, "transactionSync">,
  work: () => T extends PromiseLike<unknown> ? never : T,
): T {
  // oxlint-disable-next-line no-restricted-properties -- this is the wrapper the rule points to
  return storage.transactionSync<T>(work);
}
