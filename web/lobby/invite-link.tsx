import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { RoomLine } from "../api/shapes.ts";
import { announce } from "../ui/announce.tsx";
import { pathOf } from "../ui/rooms.ts";

type Props = { readonly room: Pick<RoomLine, "game" | "id">; readonly invite: string };

/** The way into a private room, to be sent to a friend. */
export function InviteLink({ room, invite }: Props) {
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}${pathOf(room)}?invite=${encodeURIComponent(invite)}`;
  const copy = (): void => {
    navigator.clipboard.writeText(link).then(
      () => {
        setCopied(true);
        announce("The link is copied.");
      },
      // The browser does not let us: the field is there to be copied by hand.
      () => setCopied(false),
    );
  };
  const Icon = copied ? Check : Copy;
  return (
    <div className="flex flex-col gap-3">
      <label className="flex flex-col gap-1">
        <span className="label">Invitation</span>
        <input
          className="field"
          readOnly
          value={link}
          data-testid="invite-link"
          onFocus={(event) => event.target.select()}
        />
      </label>
      <button type="button" className="btn" onClick={copy} data-testid="invite-copy">
        <Icon size={18} aria-hidden="true" />
        {copied ? "Copied" : "Copy the link"}
      </button>
    </div>
  );
}
