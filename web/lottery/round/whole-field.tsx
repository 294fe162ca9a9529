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

/** A whole number: what is typed is kept as it is, and the claim takes it when it is one. */
export function WholeField({ claim, label, value, onChange }: Props) {
  const [text, setText] = useState<string | null>(null);
  const change = (next: string): void => {
    setText(next);
    const { value: read } = readNumber(next, { whole: true });
    if (read !== null) onChange(read);
  };
  return <Claimed label={label} value={claim.edited && text !== null ? text : String(value)} onChange={change} short />;
}
