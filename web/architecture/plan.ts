/** The parts of the system and the flows between them, with their places in the drawing, wide and on a phone. Pure. */

export type NodeId =
  | "browser"
  | "worker"
  | "directory"
  | "rooms"
  | "player"
  | "settled"
  | "model"
  | "stakes"
  | "lottery"
  | "promotions"
  | "letters"
  | "bridge"
  | "kafka";

/** Column and row. */
type Place = readonly [column: number, row: number];

export type PlanNode = {
  readonly id: NodeId;
  readonly title: string;
  /** The platform it runs on. */
  readonly where: string;
  readonly does: string;
  readonly wide: Place;
  readonly tall: Place;
  /** Shown only when stakes go through Kafka, or only when they do not. */
  readonly only?: "kafka" | "embedded";
};

export type PlanEdge = {
  readonly id: string;
  readonly from: NodeId;
  readonly to: NodeId;
  /** On a phone the line is drawn around the parts in between, on this side. */
  readonly around?: "left" | "right";
  readonly only?: "kafka" | "embedded";
};

export const NODES: readonly PlanNode[] = [
  {
    id: "browser",
    title: "Your browser",
    where: "Here",
    does: "Draws what the tables say, recomputes every proof, and holds no rule of its own.",
    wide: [0, 1],
    tall: [0, 0],
  },
  {
    id: "worker",
    title: "Worker",
    where: "Cloudflare Worker, no state, everywhere at once",
    does: "Knows who you are, answers REST, and lets sockets through to the tables.",
    wide: [1, 1],
    tall: [1, 0],
  },
  {
    id: "directory",
    title: "Directory",
    where: "Durable Object, one",
    does: "Which tables there are, and what each last said of itself. The lobby reads only this.",
    wide: [1, 0],
    tall: [0, 1],
  },
  {
    id: "rooms",
    title: "Tables",
    where: "Durable Objects, one a table",
    does: "Every bet is judged, written to the table\u2019s own journal, and only then answered: many in one commit.",
    wide: [2, 0],
    tall: [1, 1],
  },
  {
    id: "player",
    title: "Wallet",
    where: "Durable Object, one a player",
    does: "Your ledger. Chips go to a table and come home by transfers that can be repeated without harm.",
    wide: [2, 1],
    tall: [1, 4],
  },
  {
    id: "settled",
    title: "Queue: settled",
    where: "Cloudflare Queue",
    does: "What each round gave each player, sent from the table\u2019s outbox until it is confirmed.",
    wide: [3, 0],
    tall: [1, 2],
  },
  {
    id: "model",
    title: "Read model",
    where: "D1, or Redis",
    does: "Counts every round once, however often it is told. Boards and histories are read here.",
    wide: [3, 1],
    tall: [1, 3],
  },
  {
    id: "stakes",
    title: "Queue: stakes",
    where: "Cloudflare Queue",
    does: "One event for each player and settled round: what was really put at risk.",
    wide: [3, 2],
    tall: [0, 2],
  },
  {
    id: "lottery",
    title: "Lottery",
    where: "Durable Object, a table like the others",
    does: "Makes a ticket of each stake event, by the event\u2019s own id. Draws are proved like everything else.",
    wide: [2, 2],
    tall: [0, 3],
    only: "embedded",
  },
  {
    id: "bridge",
    title: "Bridge",
    where: "A Worker of its own",
    does: "Carries stakes to Kafka and awards back, and keeps its place in both.",
    wide: [2, 2],
    tall: [0, 3],
    only: "kafka",
  },
  {
    id: "kafka",
    title: "Kafka",
    where: "Elsewhere",
    does: "Where the lottery service listens: ours in another deployment, or anybody\u2019s.",
    wide: [2, 3],
    tall: [1, 5],
    only: "kafka",
  },
  {
    id: "promotions",
    title: "Promotions",
    where: "Durable Object, one",
    does: "What a lottery may give: its share of the stakes, less what it gave. No award gets past it.",
    wide: [1, 2],
    tall: [0, 4],
  },
  {
    id: "letters",
    title: "Dead letters",
    where: "Durable Object, one",
    does: "Messages that will never be right as they are, with the reason, until an operator sends them again.",
    wide: [3, 3],
    tall: [0, 5],
  },
];

export const EDGES: readonly PlanEdge[] = [
  { id: "ask", from: "browser", to: "worker" },
  { id: "list", from: "worker", to: "directory" },
  { id: "play", from: "worker", to: "rooms" },
  { id: "chips", from: "rooms", to: "player", around: "right" },
  { id: "settle", from: "rooms", to: "settled" },
  { id: "project", from: "settled", to: "model" },
  { id: "stake", from: "rooms", to: "stakes" },
  { id: "ticket", from: "stakes", to: "lottery", only: "embedded" },
  { id: "award", from: "lottery", to: "player", only: "embedded" },
  { id: "budget", from: "lottery", to: "promotions", only: "embedded" },
  { id: "carry", from: "stakes", to: "bridge", only: "kafka" },
  { id: "produce", from: "bridge", to: "kafka", only: "kafka" },
  { id: "credit", from: "bridge", to: "player", only: "kafka" },
  { id: "approve", from: "bridge", to: "promotions", only: "kafka" },
  { id: "park", from: "stakes", to: "letters", around: "left" },
];

export type Shape = "wide" | "tall";
export const BOX = {
  wide: { width: 20, height: 92, pitch: 128 },
  tall: { width: 45, height: 92, pitch: 118 },
} as const;
const COLUMNS = { wide: 4, tall: 2 } as const;
const ROWS = { wide: 4, tall: 6 } as const;

export function partsFor<T extends { readonly only?: "kafka" | "embedded" }>(parts: readonly T[], kafka: boolean): T[] {
  return parts.filter(({ only }) => only === undefined || (only === "kafka") === kafka);
}

export function tallnessOf(shape: Shape): number {
  const { height, pitch } = BOX[shape];
  return (ROWS[shape] - 1) * pitch + height;
}

/** The left edge in per cent of the width, the top in pixels. */
export function cornerOf(node: PlanNode, shape: Shape): { readonly left: number; readonly top: number } {
  const [column, row] = node[shape];
  const { width, pitch } = BOX[shape];
  return { left: column * ((100 - width) / (COLUMNS[shape] - 1)), top: row * pitch };
}

/** The line between the centres of two parts, drawn under the boxes. */
export function pathOf(edge: PlanEdge, nodes: readonly PlanNode[], shape: Shape): string {
  const [a, b] = [edge.from, edge.to].map((id) => {
    const node = nodes.find((one) => one.id === id);
    const { left, top } = node === undefined ? { left: 0, top: 0 } : cornerOf(node, shape);
    return { x: left + BOX[shape].width / 2, y: top + BOX[shape].height / 2 };
  });
  if (a === undefined || b === undefined) return "";
  if (edge.around !== undefined && shape === "tall") {
    const x = edge.around === "left" ? -2 : 102;
    return `M${a.x},${a.y} L${x},${a.y} L${x},${b.y} L${b.x},${b.y}`;
  }
  const straight = a.x === b.x || a.y === b.y;
  const half = (a.x + b.x) / 2;
  return straight ? `M${a.x},${a.y} L${b.x},${b.y}` : `M${a.x},${a.y} L${half},${a.y} L${half},${b.y} L${b.x},${b.y}`;
}
