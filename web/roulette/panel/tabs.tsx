import { Coins, History, MessageCircle, ShieldCheck, Users } from "lucide-react";
import { ChatTab } from "../../table/chat.tsx";
import type { Tab } from "../../table/panel.tsx";
import { BetsTab } from "./bets.tsx";
import { FairTab } from "./fair.tsx";
import { HistoryTab } from "./history.tsx";
import { PlayersTab } from "./players.tsx";

export const TABS: readonly Tab[] = [
  { id: "bets", words: "Bets", title: "Your bets", icon: Coins, body: () => <BetsTab /> },
  { id: "players", words: "Players", title: "At the table", icon: Users, body: () => <PlayersTab /> },
  { id: "chat", words: "Chat", title: "Table talk", icon: MessageCircle, body: () => <ChatTab /> },
  { id: "history", words: "Spins", title: "Past spins", icon: History, body: () => <HistoryTab /> },
  { id: "fair", words: "Fair", title: "How it is kept fair", icon: ShieldCheck, body: () => <FairTab /> },
];
