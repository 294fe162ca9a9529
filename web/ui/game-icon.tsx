import { Spade, Ticket, TrendingUp } from "lucide-react";

/** One sign a game. */
export function GameIcon({ game, size = 22 }: { readonly game: string; readonly size?: number }) {
  switch (game) {
    case "crash":
      return <TrendingUp size={size} aria-hidden="true" />;
    case "poker":
      return <Spade size={size} aria-hidden="true" />;
    case "lottery":
      return <Ticket size={size} aria-hidden="true" />;
    default:
      return <WheelIcon size={size} />;
  }
}

function WheelIcon({ size }: { readonly size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      aria-hidden="true"
    >
      <circle cx="12" cy="12" r="9.6" />
      <circle cx="12" cy="12" r="4" />
      <path d="M12 2.4v5.6M12 16v5.6M2.4 12H8M16 12h5.6M5.2 5.2l4 4M14.8 14.8l4 4M18.8 5.2l-4 4M9.2 14.8l-4 4" />
    </svg>
  );
}
