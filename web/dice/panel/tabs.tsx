import { Coins, History, MessageCircle, ShieldCheck, Users } from "lucide-react";
import { ChatTab } from "../../table/chat.tsx";
import type { Tab } from "../../table/panel.tsx";
import { HereNow } from "../../table/people.tsx";
import { FairTab } from "./fair.tsx";
import { HistoryTab } from "./history.tsx";
import { RollsTab } from "./rolls.tsx";

export const TABS: readonly Tab[] = [
  { id: "bets", words: "Rolls", title: "The last rolls", icon: Coins, body: () => <RollsTab /> },
  { id: "players", words: "Players", title: "At the table", icon: Users, body: () => <HereNow /> },
  { id: "chat", words: "Chat", title: "Table talk", icon: MessageCircle, body: () => <ChatTab /> },
  { id: "history", words: "Rounds", title: "Rounds and their proofs", icon: History, body: () => <HistoryTab /> },
  { id: "fair", words: "Fair", title: "How it is kept fair", icon: ShieldCheck, body: () => <FairTab /> },
];
