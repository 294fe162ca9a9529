/** The logo: a wheel of eight pockets in brass. */
export function Mark({ size = 32 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <defs>
        <linearGradient id="mark-brass" x1="0" y1="0" x2="0.7" y2="1">
          <stop offset="0" stopColor="#f7e3ae" />
          <stop offset="0.5" stopColor="#c9a25a" />
          <stop offset="1" stopColor="#8a6a34" />
        </linearGradient>
      </defs>
      <circle cx="16" cy="16" r="14.2" fill="none" stroke="url(#mark-brass)" strokeWidth="1.6" />
      {Array.from({ length: 8 }, (_, i) => (
        <path
          key={i}
          d="M16 4.6 A11.4 11.4 0 0 1 24.06 7.94 L20.4 11.6 A6.2 6.2 0 0 0 16 9.8 Z"
          transform={`rotate(${i * 45} 16 16)`}
          fill={i % 2 === 0 ? "url(#mark-brass)" : "none"}
          stroke="url(#mark-brass)"
          strokeWidth="0.5"
        />
      ))}
      <circle cx="16" cy="16" r="2.6" fill="url(#mark-brass)" />
    </svg>
  );
}
