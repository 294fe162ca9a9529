import { Coins, History, MessageCircle, ShieldCheck, Users } from "lucide-react";
import { ChatTab } from "../../table/chat.tsx";
import type { Tab } from "../../table/panel.tsx";
import { BetsTab } from "./bets.tsx";
import { FairTab } from "./fair.tsx";
import { HistoryTab } from "./history.tsx";
import { PlayersTab } from "./players.tsx";

export const TABS: readonly Tab[] = [
  { id: "bets", words: "Bets", title: "Bets and cash-outs", icon: Coins, body: () => <BetsTab /> },
  { id: "players", words: "Players", title: "In the lobby", icon: Users, body: () => <PlayersTab /> },
  { id: "chat", words: "Chat", title: "Lobby talk", icon: MessageCircle, body: () => <ChatTab /> },
  { id: "history", words: "Flights", title: "Past flights", icon: History, body: () => <HistoryTab /> },
  { id: "fair", words: "Fair", title: "How it is kept fair", icon: ShieldCheck, body: () => <FairTab /> },
];
