import { Component, type ReactNode } from "react";

type Props = { readonly children: ReactNode };

/** Something on the page broke, or a part of it is gone since the house was rebuilt: say so, and offer the way back. */
export class Mishap extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="grid min-h-96 place-items-center p-8 text-center" role="alert">
        <div>
          <h1 className="text-3xl">A glass fell over</h1>
          <p className="mt-2 mb-6 text-ivory-dim">This page broke; your chips did not. Load it again.</p>
          <button type="button" className="btn btn-brass" onClick={() => location.reload()}>
            Load again
          </button>
        </div>
      </div>
    );
  }
}
