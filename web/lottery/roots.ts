/** The key under which this browser stores the ticket roots that it was shown. */
export function rootsOf(room: string): string {
  return `${room} tickets`;
}
