import { Armchair, History, MessageCircle, ShieldCheck, Users } from "lucide-react";
import { ChatTab } from "../../table/chat.tsx";
import type { Tab } from "../../table/panel.tsx";
import { FairTab } from "./fair.tsx";
import { HandsTab } from "./hands.tsx";
import { PlayersTab } from "./players.tsx";
import { SeatTab } from "./seat.tsx";

export const TABS: readonly Tab[] = [
  { id: "seat", words: "Seat", title: "Your seat", icon: Armchair, body: () => <SeatTab /> },
  { id: "players", words: "Players", title: "At the table", icon: Users, body: () => <PlayersTab /> },
  { id: "chat", words: "Chat", title: "Table talk", icon: MessageCircle, body: () => <ChatTab /> },
  { id: "history", words: "Hands", title: "Past hands", icon: History, body: () => <HandsTab /> },
  { id: "fair", words: "Fair", title: "How it is kept fair", icon: ShieldCheck, body: () => <FairTab /> },
];
