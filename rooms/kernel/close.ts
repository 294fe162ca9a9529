/** Our own WebSocket close codes (4000-4999), besides the standard ones. */
export const CLOSE = {
  flooding: 4001,
  tooBig: 4002,
  badFrame: 4003,
  slow: 4004,
  replaced: 4005,
  restart: 4006,
  /** The session that opened this socket was ended. */
  ended: 4007,
} as const;
