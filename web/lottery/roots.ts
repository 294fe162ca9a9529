/** Under what name this browser's witness keeps the roots that it was shown. */
export function rootsOf(room: string): string {
  return `${room} tickets`;
}
