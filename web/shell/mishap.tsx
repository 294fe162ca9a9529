import { Component, type ReactNode } from "react";
import { isMissingPart, loadAnew, stopLoadingAnew } from "./fresh.ts";

type Props = {
  readonly children: ReactNode;
  /** The page's address: an error on one page does not affect another. */
  readonly at: string;
};
type State = { readonly broken: boolean; readonly missing: boolean; readonly at: string };

const WHOLE = { broken: false, missing: false } as const;

/** The error boundary: shows a message and a way back when rendering fails or a chunk cannot be loaded. */
export class Mishap extends Component<Props, State> {
  override state: State = { ...WHOLE, at: this.props.at };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { broken: true, missing: isMissingPart(error) };
  }

  static getDerivedStateFromProps({ at }: Props, state: State): State | null {
    if (at === state.at) return null;
    if (state.broken) stopLoadingAnew();
    return { ...WHOLE, at };
  }

  override componentDidCatch(): void {
    if (this.state.missing) loadAnew();
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    const [title, words] = this.state.missing
      ? ["One moment", "A part of this page could not be loaded. We try again by ourselves; your chips are safe."]
      : ["A glass fell over", "This page broke; your chips did not. Load it again."];
    return (
      <div className="grid min-h-96 place-items-center p-8 text-center" role="alert">
        <div>
          <h1 className="text-3xl">{title}</h1>
          <p className="mt-2 mb-6 text-ivory-dim">{words}</p>
          <button type="button" className="btn btn-brass" onClick={() => location.reload()}>
            Load again
          </button>
        </div>
      </div>
    );
  }
}
