import { Fair } from "../../table/fair.tsx";
import { useView } from "../context.tsx";

export function FairTab() {
  const round = useView((view) => view.round);
  return <Fair last={round > 1 ? round - 1 : null} sealed="" proves="" />;
}
