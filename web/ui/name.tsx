/** Placeholders for names, which may be translated. */
const OURS: ReadonlySet<string> = new Set(["You", "a guest", "a player", "A player"]);

type Props = {
  /** A name, or a placeholder: "You", "a guest". */
  readonly children: string;
  readonly className?: string;
  readonly title?: string;
};

/** A player's name as written: not translated by the browser, and isolated from the text direction around it. */
export function Name({ children, ...rest }: Props) {
  return OURS.has(children) ? (
    <span {...rest}>{children}</span>
  ) : (
    <bdi {...rest} translate="no">
      {children}
    </bdi>
  );
}
