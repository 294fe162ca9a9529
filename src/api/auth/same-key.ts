const digest = async (text: string): Promise<ArrayBuffer> =>
  crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));

/** Compares digests in constant time, so that timing reveals nothing about the key. */
export async function sameKey(wanted: string, given: string): Promise<boolean> {
  const [left, right] = await Promise.all([digest(wanted), digest(given)]);
  return crypto.subtle.timingSafeEqual(left, right);
}
