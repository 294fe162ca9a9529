/** A small table from above: a plate for each taken seat, a dent in the rail for each free one. */
export default function OvalArt({ seats, taken, live }: { seats: number; taken: number; live: boolean }) {
  const places = Array.from({ length: seats }, (_, i) => {
    const angle = Math.PI / 2 + (i * 2 * Math.PI) / seats;
    return { x: 160 + 132 * Math.cos(angle), y: 100 + 80 * Math.sin(angle), key: i };
  });
  return (
    <div className="lobby-art lobby-oval" aria-hidden="true">
      <svg viewBox="0 0 320 200">
        <defs>
          <radialGradient id="oval-felt" cx="0.5" cy="0.3" r="0.75">
            <stop offset="0" stopColor="#2f7459" />
            <stop offset="0.6" stopColor="#17493a" />
            <stop offset="1" stopColor="#0c2c22" />
          </radialGradient>
        </defs>
        <rect x="28" y="20" width="264" height="160" rx="80" fill="#2b1a11" stroke="rgb(236 212 155 / 0.35)" />
        <rect x="38" y="30" width="244" height="140" rx="70" fill="url(#oval-felt)" stroke="rgb(236 212 155 / 0.3)" />
        <rect x="56" y="46" width="208" height="108" rx="54" fill="none" stroke="rgb(236 212 155 / 0.14)" />
        {live
          ? BOARD.map(([suit, colour], i) => (
              <g key={suit} transform={`translate(${103 + i * 24} 84)`}>
                <rect width="20" height="28" rx="2.5" fill="#f6eeda" />
                <path d={suit} transform="translate(3.5 8) scale(0.55)" fill={colour} />
              </g>
            ))
          : null}
        {places.map(({ x, y, key }, i) =>
          i < taken ? (
            <g key={key}>
              <rect x={x - 19} y={y - 10} width="38" height="20" rx="7" fill="#101a15" stroke="#cba763" />
              <rect x={x - 11} y={y - 1.5} width="22" height="3" rx="1.5" fill="#ecd49b" />
            </g>
          ) : (
            <circle
              key={key}
              cx={x}
              cy={y}
              r="8"
              fill="rgb(6 12 9 / 0.8)"
              stroke="rgb(236 212 155 / 0.45)"
              strokeDasharray="3 3"
            />
          ),
        )}
      </svg>
    </div>
  );
}

const SPADE =
  "M12 2c4.2 5 9 8 9 12.3 0 2.8-2.1 4.7-4.6 4.7-1.5 0-2.7-.7-3.5-1.9.2 2.2 1 3.7 2.6 4.900h-7c1.6-1.2 2.4-2.7 2.6-4.9-.8 1.2-2 1.9-3.5 1.900C5.1 19 3 17.1 3 14.3 3 10 7.8 7 12 2z";
const HEART =
  "M12 22C5.4 16.6 1.8 12.8 1.8 8.3 1.8 5 4.3 2.6 7.2 2.600c2 0 3.7 1.1 4.8 3.1 1.1-2 2.8-3.1 4.8-3.1 2.9 0 5.4 2.4 5.4 5.7 0 4.5-3.6 8.3-10.2 13.700z";
const DIAMOND =
  "M12 1.200c2.3 4.2 5 7.6 8.4 10.8-3.4 3.2-6.1 6.6-8.4 10.800C9.7 18.6 7 15.2 3.6 12 7 8.8 9.7 5.4 12 1.200z";
const BOARD = [
  [SPADE, "#17191d"],
  [HEART, "#b3201f"],
  [DIAMOND, "#1c559f"],
] as const;
