/** The client's address for rate limits. Only Cloudflare sets CF-Connecting-IP. A household has an IPv6 /64: it counts as one. */
export function addressOf(connectingIp: string | undefined): string {
  if (connectingIp === undefined || connectingIp === "") return "local";
  if (!connectingIp.includes(":")) return connectingIp;
  const [head = "", tail] = connectingIp.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const network = [...left, ...zeros, ...right].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ""));
  return `${network.join(":")}::/64`;
}
