import { History, MessageCircle, ShieldCheck, Ticket, Users } from "lucide-react";
import { ChatTab } from "../../table/chat.tsx";
import type { Tab } from "../../table/panel.tsx";
import { HereNow } from "../../table/people.tsx";
import { FairTab } from "./fair.tsx";
import { HistoryTab } from "./history.tsx";
import { TicketsTab } from "./tickets.tsx";

export const TABS: readonly Tab[] = [
  { id: "tickets", words: "Tickets", title: "My tickets", icon: Ticket, body: () => <TicketsTab /> },
  { id: "players", words: "Players", title: "Looking on", icon: Users, body: () => <HereNow /> },
  { id: "chat", words: "Chat", title: "Lottery talk", icon: MessageCircle, body: () => <ChatTab /> },
  { id: "history", words: "Draws", title: "Past draws", icon: History, body: () => <HistoryTab /> },
  { id: "fair", words: "Fair", title: "How it is kept fair", icon: ShieldCheck, body: () => <FairTab /> },
];
