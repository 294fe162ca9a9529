import { lazy, Suspense } from "react";
import { useReality } from "./care.ts";

const Notice = lazy(() => import("./notice.tsx"));

/** On every page; there is nothing to load until there is something to say. */
export function RealityCheck() {
  const reality = useReality();
  if (reality === null) return null;
  return (
    <Suspense>
      <Notice reality={reality} />
    </Suspense>
  );
}
