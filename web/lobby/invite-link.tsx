import { Check, Copy } from "lucide-react";
import type { RoomLine } from "../api/shapes.ts";
import { copyLabel, useCopy } from "../ui/copy.tsx";
import { pathOf } from "../ui/rooms.ts";

type Props = { readonly room: Pick<RoomLine, "game" | "id">; readonly invite: string };

/** The link into a private room, to send to a friend. */
export function InviteLink({ room, invite }: Props) {
  const [copied, copy] = useCopy();
  const link = `${location.origin}${pathOf(room)}?invite=${encodeURIComponent(invite)}`;
  const Icon = copied === "yes" ? Check : Copy;
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
      <button type="button" className="btn" onClick={() => copy(link)} data-testid="invite-copy">
        <Icon size={18} aria-hidden="true" />
        {copyLabel(copied, "Copy the link")}
      </button>
    </div>
  );
}
