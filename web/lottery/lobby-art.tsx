/** The most pieces to draw: more would blur at this size. */
const PIECES_MAX = 40;

/** The ring of a draw filling with tickets; thin marks while there are none. */
export default function RingArt({ tickets }: { readonly tickets: number }) {
  const pieces = Math.min(tickets, PIECES_MAX);
  return (
    <div className="lobby-art lobby-ring" aria-hidden="true">
      <svg viewBox="0 0 200 200" fill="none">
        <circle cx="100" cy="100" r="94" stroke="#3b2316" strokeWidth="12" />
        <circle cx="100" cy="100" r="88" stroke="#cba763" strokeOpacity="0.6" />
        <circle cx="100" cy="100" r="72" stroke="#0a221a" strokeWidth="28" />
        {pieces === 0 ? (
          <circle
            cx="100"
            cy="100"
            r="72"
            stroke="#cba763"
            strokeOpacity="0.35"
            strokeWidth="10"
            pathLength={60}
            strokeDasharray="0.25 0.75"
          />
        ) : (
          <circle
            cx="100"
            cy="100"
            r="72"
            stroke="#2d7a5c"
            strokeWidth="26"
            pathLength={pieces}
            strokeDasharray={pieces === 1 ? "1 0" : "0.94 0.06"}
            transform="rotate(-90 100 100)"
          />
        )}
        <circle cx="100" cy="100" r="57" stroke="#cba763" strokeOpacity="0.45" />
        <path d="M92 0h16l-8 17z" fill="#ecd49b" />
      </svg>
    </div>
  );
}
