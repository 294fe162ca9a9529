import { useMedia } from "../ui/media.ts";
import type { Fact } from "./facts.ts";
import { BOX, cornerOf, EDGES, NODES, partsFor, pathOf, tallnessOf, type NodeId } from "./plan.ts";

type Props = {
  readonly facts: Readonly<Record<NodeId, Fact>>;
  readonly kafka: boolean;
  readonly chosen: NodeId | null;
  readonly onChoose: (node: NodeId) => void;
  /** The parts in the chosen step. */
  readonly nodes: readonly NodeId[];
  readonly edges: readonly string[];
  /** Parts with recent activity. */
  readonly lit: readonly NodeId[];
};

/** Draws the plan: parts are buttons with details, lines are the data flows between them. */
export function PlanView({ facts, kafka, chosen, onChoose, nodes, edges, lit }: Props) {
  const shape = useMedia("(min-width: 768px)") ? "wide" : "tall";
  const shown = partsFor(NODES, kafka);
  const height = tallnessOf(shape);
  return (
    <div className="plan" style={{ height }} data-shape={shape} role="group" aria-label="The parts of the house">
      <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {partsFor(EDGES, kafka).map((edge) => (
          <path
            key={edge.id}
            className="plan-edge"
            data-on={edges.includes(edge.id) || undefined}
            d={pathOf(edge, NODES, shape)}
          />
        ))}
      </svg>
      {shown.map((node) => {
        const { left, top } = cornerOf(node, shape);
        const { state, line } = facts[node.id];
        return (
          <button
            key={node.id}
            type="button"
            className="plan-node"
            style={{ left: `${left}%`, top, width: `${BOX[shape].width}%`, height: BOX[shape].height }}
            aria-pressed={chosen === node.id}
            data-on={nodes.includes(node.id) || undefined}
            data-lit={lit.includes(node.id) || undefined}
            data-testid={`plan-${node.id}`}
            onClick={() => onChoose(node.id)}
          >
            <span className="plan-title">
              {state !== null && <span className={`light light-${state}`} aria-hidden="true" />}
              {node.title}
            </span>
            <span className="plan-line numerals">{line}</span>
          </button>
        );
      })}
    </div>
  );
}
