export function WheelIcon({ size = 22 }: { readonly size?: number }) {
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
