/** What the house calls somebody by: these words may be translated. */
const OURS: ReadonlySet<string> = new Set(["You", "a guest", "a player", "A player"]);

type Props = {
  /** A name, or what the house says instead of one: "You", "a guest". */
  readonly children: string;
  readonly className?: string;
  readonly title?: string;
};

/** What somebody is called, as they wrote it: no browser's translation changes it, and nothing around it turns with its direction. */
export function Name({ children, ...rest }: Props) {
  return OURS.has(children) ? (
    <span {...rest}>{children}</span>
  ) : (
    <bdi {...rest} translate="no">
      {children}
    </bdi>
  );
}
