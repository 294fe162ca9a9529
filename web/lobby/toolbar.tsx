import { Zap } from "lucide-react";
import { useNavigate } from "react-router";
import { usePlayer } from "../api/session.ts";
import type { RoomLine } from "../api/shapes.ts";
import { useMoney } from "../api/wallet.ts";
import { amount } from "../ui/format.ts";
import { gameName, isSeated, titleOf } from "../games.ts";
import { pathOf } from "../ui/rooms.ts";
import { Segments } from "../ui/segments.tsx";
import { useRest } from "../ui/rest.ts";
import { bestRoom, QUICK_SEAT } from "./quick-seat.ts";

const ALL = "all";

type Props = {
  readonly rooms: readonly RoomLine[];
  /** Null: rooms of all games are shown. */
  readonly game: string | null;
  readonly onGame: (game: string | null) => void;
};

/** Filters rooms by game, and offers a quick seat. */
export function Toolbar({ rooms, game, onGame }: Props) {
  const games = [...new Set([...rooms.map((room) => room.game), ...(game === null ? [] : [game])])];
  return (
    <div className="lobby-bar">
      <Segments
        quiet
        legend="Show tables of"
        name="lobby-game"
        choices={[[ALL, "All"], ...games.map((one) => [one, gameName(one)] as const)]}
        value={game ?? ALL}
        onChange={(chosen) => onGame(chosen === ALL ? null : chosen)}
      />
      {isSeated(game) && <QuickSeat rooms={rooms} game={game} />}
    </div>
  );
}

function QuickSeat({ rooms, game }: Pick<Props, "rooms" | "game">) {
  const player = usePlayer();
  const { balance } = useMoney();
  const navigate = useNavigate();
  const tables = rooms.filter((room) => isSeated(room.game));
  const best = bestRoom(tables, game, balance);
  const { attrs } = useRest(best === null ? "none" : pathOf(best));
  return (
    <div className="lobby-quick">
      <p className="label numerals" id="quick-seat-where">
        {best === null ? "No free place that your balance is enough for." : placeWords(best)}
      </p>
      <button
        type="button"
        className="btn btn-brass"
        disabled={best === null || player === null}
        aria-describedby="quick-seat-where"
        data-testid="quick-seat"
        {...attrs}
        onClick={() => {
          if (best !== null) void navigate(pathOf(best), { state: QUICK_SEAT });
        }}
      >
        <Zap size={18} aria-hidden="true" />
        Quick seat
      </button>
    </div>
  );
}

function placeWords(room: RoomLine): string {
  const { players } = room.summary;
  if (players === 0) return `${titleOf(room)}, all yours`;
  return `${titleOf(room)}, with ${amount(players)} playing`;
}
