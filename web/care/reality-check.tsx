import { lazy, Suspense } from "react";
import { useReality } from "./care.ts";

const Notice = lazy(() => import("./notice.tsx"));

/** Present on every page. The dialog is loaded only when there is something to show. */
export function RealityCheck() {
  const reality = useReality();
  if (reality === null) return null;
  return (
    <Suspense>
      <Notice reality={reality} />
    </Suspense>
  );
}
