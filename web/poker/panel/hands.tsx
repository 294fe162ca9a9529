export function HandsTab() {
  return <p className="empty">No hand is finished yet.</p>;
}
