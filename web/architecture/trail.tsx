import { Check, Circle, EyeOff } from "lucide-react";
import { Link } from "react-router";
import type { Step } from "./steps.ts";

type Props = {
  readonly steps: readonly Step[];
  readonly chosen: Step["id"];
  readonly onChoose: (step: Step["id"]) => void;
};

const SAYS = { seen: "Seen", waiting: "Not seen yet", unseen: "Not to be seen from here" } as const;

/** The steps of one round in order, each marked once it was observed. */
export function TrailView({ steps, chosen, onChoose }: Props) {
  return (
    <ol className="trail" data-testid="trail">
      {steps.map((step) => (
        <li key={step.id} className="trail-step" data-state={step.state} data-testid={`step-${step.id}`}>
          <span className="trail-sign">
            <Sign state={step.state} />
          </span>
          <div className="trail-body">
            <h3>
              <button
                type="button"
                aria-pressed={chosen === step.id}
                onClick={() => onChoose(step.id)}
                title="Show on the plan"
              >
                {step.title}
              </button>
              <span className="trail-state">{SAYS[step.state]}</span>
            </h3>
            <p className="text-ivory-dim">{step.words}</p>
            {step.facts.length > 0 && (
              <dl className="trail-facts numerals">
                {step.facts.map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            )}
            {step.link !== null && step.state === "seen" && (
              <Link className="page-link" to={step.link.to}>
                {step.link.words}
              </Link>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Sign({ state }: Pick<Step, "state">) {
  if (state === "seen") return <Check size={18} aria-hidden="true" />;
  return state === "waiting" ? <Circle size={12} aria-hidden="true" /> : <EyeOff size={16} aria-hidden="true" />;
}
