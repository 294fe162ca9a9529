import { useState } from "react";
import { readNumber } from "../../ui/number.ts";
import { Claimed } from "../../rounds/parts.tsx";
import type { Claim } from "../../rounds/record.ts";

type Props = {
  readonly claim: Claim;
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
};

/** A field for an integer. It keeps the typed text; the claim is changed only when it is a valid number. */
export function WholeField({ claim, label, value, onChange }: Props) {
  const [text, setText] = useState<string | null>(null);
  const change = (next: string): void => {
    setText(next);
    const { value: read } = readNumber(next, { whole: true });
    if (read !== null) onChange(read);
  };
  return <Claimed label={label} value={claim.edited && text !== null ? text : String(value)} onChange={change} short />;
}
