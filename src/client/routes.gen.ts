// Made by `npm run client:types` from the OpenAPI document: not to be written by hand.

export type Session = { readonly token: string; readonly expiresAt: number; readonly player: Player };

export type Player = { readonly id: string; readonly username: string; readonly guest: boolean };

export type Error = { readonly error: { readonly code: string; readonly message: string; readonly requestId: string; readonly fields?: Readonly<Record<string, string>>; readonly nextAt?: number; readonly retryAfterS?: number } };

export type Registered = (Session) & ({ readonly recoveryCode: string });

export type Recovered = { readonly recoveryCode: string };

export type Entry = { readonly n: number; readonly kind: "grant" | "faucet" | "topup" | "cashout" | "award" | "operator"; readonly amount: number; readonly balance: number; readonly room: string | null; readonly transfer: string | null; readonly at: number };

export type Game = { readonly game: string; readonly title: string; readonly house: boolean; readonly config: { readonly type: "object"; readonly properties: Readonly<Record<string, ConfigOption>> }; readonly returns: readonly ({ readonly config: Readonly<Record<string, unknown>>; readonly rtp: Rtp })[] };

export type ConfigOption = { readonly title: string; readonly description: string; readonly type: string; readonly default?: unknown; readonly minimum?: number; readonly maximum?: number; readonly enum?: readonly (string)[]; readonly deprecated?: true; readonly "x-advanced": boolean };

export type Rtp = { readonly bets: readonly ({ readonly bet: string; readonly title: string; readonly rtp: string; readonly rtpBps: number; readonly houseEdgeBps: number })[]; readonly rake: { readonly bps: number; readonly cap: number } | null; readonly prizeBps: number | null };

export type LobbyRoom = { readonly game: string; readonly id: string; readonly private: boolean; readonly online: number; readonly status: "running" | "paused" | "faulted"; readonly summary: { readonly phase: string; readonly round: number; readonly players: number; readonly minStake: number; readonly maxStake: number; readonly note?: unknown }; readonly reportedAt: number | null };

export type Ticket = { readonly ticket: string; readonly expiresAt: number };

export type Round = { readonly room: string; readonly round: number; readonly startedAt: number; readonly endedAt: number; readonly void: boolean; readonly outcome?: unknown; readonly proof: { readonly scheme: "seed"; readonly room: string; readonly round: number; readonly clientSeeds: readonly ({ readonly player: string; readonly value: string })[]; /** @deprecated The old name of `clientSeeds`. */ readonly entropy: readonly ({ readonly player: string; readonly value: string })[]; readonly serverSeedHash: string; readonly serverSeed: string; /** @deprecated The old name of `serverSeedHash`. */ readonly commitment: string; /** @deprecated The old name of `serverSeed`. */ readonly seed: string } | { readonly scheme: "deck"; readonly room: string; readonly round: number; readonly clientSeeds: readonly ({ readonly player: string; readonly value: string })[]; /** @deprecated The old name of `clientSeeds`. */ readonly entropy: readonly ({ readonly player: string; readonly value: string })[]; readonly commitment: string; readonly roots: readonly (string)[]; readonly deck: number | null; readonly seeds: readonly (string | null)[] } };

export type CrashOutcome = { readonly bustX100: number | null; readonly endX100: number | null; readonly forced: boolean; readonly void: null | string; readonly startedAt: number | null; readonly limits: { readonly maxProfit: number; readonly maxX100: number }; readonly bets: readonly ({ readonly player: string; readonly id: number; readonly amount: number; readonly targetX100: number | null; readonly by: "hand" | "strategy"; readonly out: null | { readonly x100: number; readonly paid: number; readonly at: number; readonly by: "force" | "hand" | "target" } })[] };

export type DiceOutcome = { readonly void: null | string; readonly rolls: readonly ({ readonly amount: number; readonly side: "over" | "under"; readonly target: number; readonly player: string; readonly rolled: number; readonly payout: number })[] };

export type LotteryOutcome = { readonly void: null | string; readonly rules: { readonly weighting: "flat" | "stake"; readonly capPerPlayer: number; /** @deprecated The old name of `prizeBps`. */ readonly prizeShare: number; readonly prizeBps: number }; readonly root: null | string; readonly stakes: number; readonly weight: number; readonly carriedIn: number; readonly carriedOut: number; readonly prize: number; readonly number: number | null; readonly ticket: number | null; readonly award: null | { readonly player: string; readonly amount: number; readonly status: "played_out" }; readonly tickets: readonly ({ readonly id: string; readonly player: string; readonly stake: number; readonly weight: number; readonly stakes: number })[] };

export type PokerOutcome = { readonly hand: number; readonly void: null | string; readonly blinds: { readonly small: number; readonly big: number; readonly ante: number }; readonly rules: { /** @deprecated The old name of `rakeBps`. */ readonly rakeX10000: number; readonly rakeCap: number; readonly straddleRaiseBigBlinds: number; readonly rakeBps: number }; readonly button: number; readonly seats: number; readonly startedAt: number; readonly players: readonly ({ readonly seat: number; readonly player: string; readonly bot: boolean; readonly start: number; readonly end: number; readonly cards: readonly ({ readonly card: number; readonly opening: { readonly position: number; readonly salt: string; readonly path: readonly (string)[] } })[] | null; readonly shown: boolean })[]; readonly board: readonly ({ readonly card: number; readonly opening: { readonly position: number; readonly salt: string; readonly path: readonly (string)[] } })[]; readonly board2: readonly ({ readonly card: number; readonly opening: { readonly position: number; readonly salt: string; readonly path: readonly (string)[] } })[] | null; readonly log: readonly ({ readonly type: "act"; readonly player: number; readonly act: { readonly type: "bet" | "call" | "post" | "raise" | "straddle"; readonly amount: number; readonly allIn: boolean } | { readonly type: "check" | "fold" }; readonly to: number; readonly by: "clock" | "player" | "preAction" } | { readonly type: "board"; readonly board: 1 | 2; readonly cards: readonly (number)[] } | { readonly type: "post"; readonly player: number; readonly dead: number; readonly live: number; readonly what: "ante" | "big blind" | "missed blinds" | "small blind" | "straddle" } | { readonly type: "show"; readonly player: number })[]; readonly awards: readonly ({ readonly pot: number; readonly board: 1 | 2; readonly wins: readonly ({ readonly seat: number; readonly chips: number })[]; readonly with: null | string })[]; readonly rake: number };

export type RouletteOutcome = { readonly result: null | string; readonly void: null | string; readonly wheel: "american" | "european" | "french"; readonly players: readonly ({ readonly player: string; readonly staked: number; readonly returned: number; readonly bets: readonly ({ readonly spot: string; readonly amount: number })[] })[] };

export type Names = { readonly players: readonly ({ readonly id: string; readonly name: string })[] };

export type Stats = { readonly player: { readonly id: string; readonly name: string }; readonly period: "day" | "week" | "all"; readonly total: { readonly rounds: number; readonly wagered: number; readonly returned: number; readonly won: number; readonly biggestWin: number }; readonly games: Readonly<Record<string, { readonly rounds: number; readonly wagered: number; readonly returned: number; readonly won: number; readonly biggestWin: number }>>; readonly streaks: { readonly current: number; readonly longestWon: number; readonly longestLost: number }; readonly lag: Lag; readonly behind: boolean };

export type Lag = { readonly projectedAt: number | null; readonly lagMs: number };

export type Bet = { readonly room: string; readonly game: string; readonly round: number; readonly at: number; readonly staked: number; readonly returned: number; readonly net: number; readonly proof: string; readonly record: string };

export type Leaderboard = { readonly board: "balance" | "profit" | "wagered" | "biggest-win"; readonly period: "day" | "week" | "all"; readonly span: string; readonly lines: readonly ({ readonly rank: number; readonly player: { readonly id: string; readonly name: string }; readonly value: number })[]; readonly players: number; readonly lag: Lag; readonly behind: boolean };

export type Me = { readonly player: Player; readonly hidden: boolean; readonly createdAt: number };

export type Limits = { readonly limits: { readonly lossPerDay: number | null; readonly stakePerDay: number | null; readonly sessionMinutes: number | null; readonly realityCheckMinutes: number | null }; readonly pending: { readonly limits: { readonly lossPerDay?: number | null; readonly stakePerDay?: number | null; readonly sessionMinutes?: number | null; readonly realityCheckMinutes?: number | null }; readonly at: number } | null; readonly used: { readonly day: string; readonly staked: number; readonly lost: number }; readonly session: { readonly startedAt: number; readonly endsAt: number | null; readonly breakUntil: number | null } | null; readonly excluded: { readonly kind: "cool-off" | "self-exclusion"; readonly until: number } | null };

export type DeadLetter = { readonly n: number; readonly id: string; readonly from: string; readonly topic: "stakes" | "awards" | "settled"; readonly code: string; readonly reason: string; readonly body?: unknown; readonly at: number; readonly replayedAt: number | null; readonly outcome: string | null };

export type ReplayedMany = { readonly done: number; readonly queued: number; readonly parked: number; readonly retry: number; readonly left: number; readonly next: number | null };

export type OperatorRoom = (LobbyRoom) & ({ readonly owner: string | null });

export type Inspection = { readonly room: string; readonly game: string; readonly version: number; readonly epoch: string; readonly status: "running" | "paused" | "faulted"; readonly online: number; readonly seq: number; readonly round: { readonly n: number; readonly phase: string; readonly startedAt: number | null; readonly words: number; readonly commitments: readonly ({ readonly round: number; readonly hash: string; readonly roots?: readonly (string)[] })[] }; readonly deadline: { readonly name: string; readonly at: number } | null; readonly secretDeadline: boolean; readonly purses: { readonly count: number; readonly chips: number; readonly held: number; readonly leaving: number }; readonly house: number; readonly transfers: readonly ({ readonly player: string; readonly id: string; readonly kind: string; readonly amount: number })[]; readonly outbox: { readonly waiting: number; readonly parked: number; readonly oldestAt: number | null }; readonly snapshot: { readonly seq: number; readonly at: number } | null; readonly sizes: { readonly journal: number; readonly snapshot: number; readonly ids: number; readonly transfers: number; readonly outbox: number; readonly bytes: number }; readonly tail: readonly ({ readonly seq: number; readonly at: number; readonly type: string; readonly shown?: unknown; readonly from: readonly (string)[] })[] | null; readonly view?: unknown };

export type AuditEntry = { readonly n: number; readonly name: string | null; readonly role: "viewer" | "support" | "floor" | "admin" | null; readonly method: string; readonly path: string; readonly summary: string | null; readonly client: string; readonly requestId: string; readonly at: number; readonly result: { readonly status: number; readonly outcome: string; readonly at: number } | null };

export type HealthCheck = { readonly name: "directory" | "promotions" | "dead_letters" | "read_model" | "outboxes" | "kafka"; readonly state: "ok" | "failing" | "down"; readonly ms: number; readonly letters?: number; readonly waiting?: number; readonly parked?: number; readonly playersWaiting?: number; readonly projectedAt?: number | null; readonly lagMs?: number };

export type Routes = {
  /** Play at once, as a guest */
  readonly "POST /api/auth/guest": { readonly answer: Session };
  /** Take a user name */
  readonly "POST /api/auth/register": { readonly body: { readonly username: string; readonly password: string }; readonly answer: Registered };
  /** Sign in */
  readonly "POST /api/auth/login": { readonly body: { readonly username: string; readonly password: string }; readonly answer: Session };
  /** A new password for the recovery code */
  readonly "POST /api/auth/recover": { readonly body: { readonly username: string; readonly recoveryCode: string; readonly newPassword: string }; readonly answer: Recovered };
  /** Who am I */
  readonly "GET /api/auth/session": { readonly answer: { readonly expiresAt: number; readonly player: Player } };
  /** A new token for this one */
  readonly "POST /api/auth/refresh": { readonly answer: Session };
  /** Sign out */
  readonly "POST /api/auth/logout": { readonly body?: { readonly everywhere?: boolean }; readonly answer: undefined };
  /** What I have */
  readonly "GET /api/balance": { readonly answer: { readonly available: number; readonly inPlay: number; readonly total: number; readonly rooms: readonly ({ readonly room: string; readonly amount: number })[] } };
  /** My statement, newest first */
  readonly "GET /api/balance/entries": { readonly query?: { readonly cursor?: number; readonly limit?: number }; readonly answer: { readonly entries: readonly (Entry)[]; readonly next: number | null } };
  /** My whole statement as a table, newest first */
  readonly "GET /api/balance/entries.csv": { readonly answer: string };
  /** More play money, once in a while */
  readonly "POST /api/balance/faucet": { readonly answer: { readonly amount: number; readonly available: number; readonly nextAt: number } };
  /** The games, with the options and the RTP of their rooms */
  readonly "GET /api/games": { readonly answer: { readonly games: readonly (Game)[] } };
  /** The lobby */
  readonly "GET /api/rooms": { readonly query?: { readonly game?: "roulette" | "crash" | "dice" | "poker" | "lottery" }; readonly answer: { readonly rooms: readonly (LobbyRoom)[] } };
  /** Make a room */
  readonly "POST /api/rooms": { readonly body: { readonly game: string; readonly config?: Readonly<Record<string, unknown>>; readonly private?: boolean }; readonly answer: { readonly game: string; readonly id: string; readonly invite?: string } };
  /** One room, as a spectator sees it */
  readonly "GET /api/rooms/{game}/{id}": { readonly path: { readonly game: string; readonly id: string }; readonly answer: { readonly game: string; readonly id: string; readonly private: boolean; readonly invite?: string; readonly config?: unknown; readonly rtp: Rtp; readonly seq: number; readonly view?: unknown; readonly table?: unknown } };
  /** Enter a private room */
  readonly "POST /api/rooms/{game}/{id}/join": { readonly path: { readonly game: string; readonly id: string }; readonly body: { readonly invite: string }; readonly answer: { readonly game: string; readonly id: string } };
  /** A ticket for a seat at this room's socket */
  readonly "POST /api/rooms/{game}/{id}/ticket": { readonly path: { readonly game: string; readonly id: string }; readonly answer: Ticket };
  /** Finished rounds, newest first */
  readonly "GET /api/rooms/{game}/{id}/rounds": { readonly path: { readonly game: string; readonly id: string }; readonly query?: { readonly cursor?: number; readonly limit?: number }; readonly answer: { readonly rounds: readonly (Round)[]; readonly next: number | null } };
  /** One finished round with its proof */
  readonly "GET /api/rooms/{game}/{id}/rounds/{n}": { readonly path: { readonly game: string; readonly id: string; readonly n: number }; readonly query?: { readonly format?: "json" | "phh" | "text" }; readonly answer: Round };
  /** One ticket of a finished draw, with its path to the root */
  readonly "GET /api/rooms/{game}/{id}/rounds/{n}/tickets/{place}": { readonly path: { readonly game: string; readonly id: string; readonly n: number; readonly place: number }; readonly answer: { readonly draw: number; readonly place: number; readonly size: number; readonly ticket: { readonly id: string; readonly player: string; readonly stake: number; readonly weight: number; readonly stakes: number }; readonly start: number; readonly leaf: string; readonly path: readonly (string)[]; readonly root: string } };
  /** What players are called */
  readonly "GET /api/players": { readonly query: { readonly ids: string }; readonly answer: Names };
  /** A player's sums and streaks */
  readonly "GET /api/players/{id}/stats": { readonly path: { readonly id: string }; readonly query?: { readonly period?: "day" | "week" | "all"; readonly game?: "roulette" | "crash" | "dice" | "poker" | "lottery"; readonly after?: string }; readonly answer: Stats };
  /** My last days, oldest first */
  readonly "GET /api/players/{id}/days": { readonly path: { readonly id: string }; readonly query?: { readonly days?: number; readonly after?: string }; readonly answer: { readonly days: readonly ({ readonly day: string; readonly balance: number; readonly rounds: number; readonly wagered: number; readonly returned: number; readonly won: number; readonly biggestWin: number })[]; readonly lag: Lag; readonly behind: boolean } };
  /** My rounds, newest first */
  readonly "GET /api/players/{id}/history": { readonly path: { readonly id: string }; readonly query?: { readonly game?: "roulette" | "crash" | "dice" | "poker" | "lottery"; readonly cursor?: string; readonly limit?: number; readonly after?: string }; readonly answer: { readonly bets: readonly (Bet)[]; readonly next: string | null; readonly lag: Lag; readonly behind: boolean } };
  /** All my rounds as a table, newest first */
  readonly "GET /api/players/{id}/history.csv": { readonly path: { readonly id: string }; readonly query?: { readonly game?: "roulette" | "crash" | "dice" | "poker" | "lottery" }; readonly answer: string };
  /** One board, best first */
  readonly "GET /api/leaderboards/{board}": { readonly path: { readonly board: "balance" | "profit" | "wagered" | "biggest-win" }; readonly query?: { readonly period?: "day" | "week" | "all"; readonly limit?: number; readonly around?: string; readonly after?: string }; readonly answer: Leaderboard };
  /** A ticket for my personal socket */
  readonly "POST /api/me/ticket": { readonly answer: Ticket };
  /** Who I am */
  readonly "GET /api/me": { readonly answer: Me };
  /** Hide me from boards, or show me */
  readonly "POST /api/me/profile": { readonly body: { readonly hidden: boolean }; readonly answer: { readonly hidden: boolean } };
  /** Change my password */
  readonly "POST /api/me/password": { readonly body: { readonly current: string; readonly next: string }; readonly answer: undefined };
  /** Another recovery code */
  readonly "POST /api/me/recovery": { readonly body: { readonly password: string }; readonly answer: Recovered };
  /** Since when I have a recovery code */
  readonly "GET /api/me/recovery": { readonly answer: { readonly madeAt: number | null } };
  /** Where I am signed in */
  readonly "GET /api/me/sessions": { readonly answer: { readonly sessions: readonly ({ readonly id: string; readonly startedAt: number; readonly expiresAt: number; readonly current: boolean })[] } };
  /** End a session of mine, or all others */
  readonly "POST /api/me/sessions/end": { readonly body: { readonly id: string } | { readonly others: true }; readonly answer: undefined };
  /** My limits, and what of them is used */
  readonly "GET /api/me/limits": { readonly answer: Limits };
  /** Set limits */
  readonly "POST /api/me/limits": { readonly body: { readonly lossPerDay?: number | null; readonly stakePerDay?: number | null; readonly sessionMinutes?: number | null; readonly realityCheckMinutes?: number | null }; readonly answer: Limits };
  /** Drop what is pending */
  readonly "POST /api/me/limits/cancel": { readonly answer: Limits };
  /** Keep me from playing */
  readonly "POST /api/me/exclusion": { readonly body: { readonly kind: "cool-off"; readonly days: 1 | 7 | 30 } | { readonly kind: "self-exclusion"; readonly months: 6 | 12 | 60 }; readonly answer: Limits };
  /** Whose key this is */
  readonly "GET /api/operator/me": { readonly answer: { readonly name: string; readonly role: "viewer" | "support" | "floor" | "admin" } };
  /** Messages that will never be right as they are, newest first */
  readonly "GET /api/operator/dead-letters": { readonly query?: { readonly cursor?: number; readonly limit?: number; readonly code?: string; readonly topic?: "stakes" | "awards" | "settled"; readonly room?: string; readonly since?: number; readonly before?: number }; readonly answer: { readonly open: number; readonly replayed: number; readonly letters: readonly (DeadLetter)[]; readonly next: number | null } };
  /** Send one again, or many */
  readonly "POST /api/operator/dead-letters/replay": { readonly body: { readonly id: string } | { readonly filter: { readonly code?: string; readonly topic?: "stakes" | "awards" | "settled"; readonly room?: string; readonly since?: number; readonly before?: number }; readonly after?: number; readonly limit?: number } | { readonly all: true; readonly after?: number; readonly limit?: number }; readonly answer: { readonly id: string; readonly outcome: "done" | "queued" | "parked" | "retry"; readonly reason: string | null } | ReplayedMany };
  /** Each lottery's budget, and what it has given */
  readonly "GET /api/operator/lotteries": { readonly answer: { readonly lotteries: readonly ({ readonly lottery: string; readonly accrued: number; readonly spent: number; readonly awards: number })[] } };
  /** Whose user name this is */
  readonly "GET /api/operator/players": { readonly query: { readonly name: string }; readonly answer: { readonly id: string; readonly username: string } };
  /** One player: who, how much, where */
  readonly "GET /api/operator/players/{id}": { readonly path: { readonly id: string }; readonly answer: { readonly id: string; readonly username: string; readonly guest: boolean; readonly hidden: boolean; readonly createdAt: number; readonly available: number; readonly rooms: readonly ({ readonly room: string; readonly purse: number | null; readonly held: number | null })[]; readonly notes: readonly ({ readonly id: string; readonly text: string; readonly by: string; readonly at: number })[]; readonly entries: readonly (Entry)[] } };
  /** Move money into a wallet or out of it */
  readonly "POST /api/operator/players/{id}/transfers": { readonly path: { readonly id: string }; readonly body: { readonly id: string; readonly amount: number; readonly reason: string }; readonly answer: { readonly id: string; readonly available: number; readonly entry: Entry } };
  /** Note something about a player, for other operators */
  readonly "POST /api/operator/players/{id}/notes": { readonly path: { readonly id: string }; readonly body: { readonly id: string; readonly text: string }; readonly answer: { readonly id: string } };
  /** Every room, private ones too */
  readonly "GET /api/operator/rooms": { readonly query?: { readonly cursor?: string; readonly limit?: number }; readonly answer: { readonly rooms: readonly (OperatorRoom)[]; readonly next: string | null } };
  /** One room from the inside */
  readonly "GET /api/operator/rooms/{game}/{id}": { readonly path: { readonly game: string; readonly id: string }; readonly answer: Inspection };
  /** No new round, no new stakes */
  readonly "POST /api/operator/rooms/{game}/{id}/pause": { readonly path: { readonly game: string; readonly id: string }; readonly body: { readonly id: string }; readonly answer: { readonly game: string; readonly id: string } };
  /** The room goes on */
  readonly "POST /api/operator/rooms/{game}/{id}/resume": { readonly path: { readonly game: string; readonly id: string }; readonly body: { readonly id: string }; readonly answer: { readonly game: string; readonly id: string } };
  /** Give the open round's stakes back */
  readonly "POST /api/operator/rooms/{game}/{id}/void": { readonly path: { readonly game: string; readonly id: string }; readonly body: { readonly id: string; readonly round: number; readonly reason: string }; readonly answer: { readonly game: string; readonly id: string } };
  /** What operators did, newest first */
  readonly "GET /api/operator/audit": { readonly query?: { readonly cursor?: number; readonly limit?: number }; readonly answer: { readonly entries: readonly (AuditEntry)[]; readonly next: number | null; readonly unlisted: number } };
  /** The read model's checksum and age */
  readonly "GET /api/operator/model": { readonly answer: { readonly sum: string; readonly facts: number; readonly lag: Lag } };
  /** The players in the read model, in pages and in no order */
  readonly "GET /api/operator/model/players": { readonly query?: { readonly cursor?: string }; readonly answer: { readonly players: readonly (string)[]; readonly next: string | null } };
  /** One step of building the read model anew */
  readonly "POST /api/operator/model/rebuild": { readonly body: { readonly cursor: string | null }; readonly answer: { readonly next: string | null; readonly events: number; readonly players: readonly (string)[] } };
  /** Send the read model again what players hold */
  readonly "POST /api/operator/model/rebuild/players": { readonly body: { readonly players: readonly (string)[] }; readonly answer: { readonly events: number } };
  /** Topics and sockets, every message both ways, as AsyncAPI 3.0 */
  readonly "GET /api/asyncapi.json": { readonly answer: Readonly<Record<string, unknown>> };
  /** One event's JSON Schema (draft 7) */
  readonly "GET /api/schemas/{type}": { readonly path: { readonly type: string }; readonly answer: Readonly<Record<string, unknown>> };
  /** Is the house open */
  readonly "GET /api/health": { readonly answer: { readonly status: "ok" | "failing" | "down"; readonly dependencies: { readonly directory: "ok" | "down"; readonly kafka?: "ok" | "failing" | "unknown" }; readonly checks: readonly (HealthCheck)[]; readonly bridge?: readonly ({ readonly topic: string; readonly direction: "to-kafka" | "from-kafka"; readonly state: "ok" | "failing"; readonly error: string | null; readonly records: number; readonly lag: number | null; readonly at: number; readonly next?: number })[]; readonly at: number } };
  /** Metrics, as Prometheus reads them */
  readonly "GET /metrics": { readonly answer: string };
};
