/** The general parts of the OpenAPI document: introduction and tags. */

const ABOUT = `Play-money casino tables on Durable Objects. Bodies are JSON; amounts are integer minor units of play money;
instants are epoch milliseconds. Every failure is \`{"error":{"code","message","requestId"}}\`: switch on the code.

Sign in with \`Authorization: Bearer <token>\`; a page may rely on the cookie that comes with the token. A request that changes
something, or opens a socket, and has an Origin header is refused unless that is the service's own or an allowed one. With
\`If-Player: <id>\` a request says which player it expects its session to be of; with another player's session it is refused \`other_player\`.

Any POST of a player but those under /api/auth takes an \`Idempotency-Key\`: within 24 hours a repeat of
the same request gets the first answer (with \`Idempotent-Replayed: true\`) and does nothing; the same key with another body is
\`idempotency_conflict\`. The work is done once, even when the server stops in the middle. A new guest, registering, renewing a token
and another recovery code take one too, which should be hard to guess: after a lost answer the same request under the same key gives the
same guest (for 10 minutes, from the same address), player, session or code.

An unknown address is a 404 \`not_found\`; one that does not take the method a 405 \`method_not_allowed\`, with \`Allow\`.

Limits are by client address; a refusal by one has \`Retry-After\`.`;

export const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Croupier", version: "1", description: ABOUT.replace(/(\S)\n(?=\S)/g, "$1 ") },
  tags: [
    { name: "auth", description: "Guests, registration, log-in and sessions." },
    { name: "balance", description: "The wallet, the statement and the faucet." },
    { name: "rooms", description: "The lobby, rooms, and the way to the table." },
    { name: "rounds", description: "What was played, with what proves it." },
    { name: "players", description: "What was played, in sums and bet by bet." },
    { name: "leaderboards", description: "Who is ahead, by day, week and for ever." },
    { name: "me", description: "The personal socket, my profile, sessions and limits." },
    { name: "events", description: "What leaves the house by queue, Kafka and socket, and what comes back." },
    { name: "operator", description: "For operators, by key." },
    { name: "service", description: "Whether the house is open." },
  ],
};
