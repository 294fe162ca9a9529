import { Send } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { firstGraphemes } from "../../rooms/kernel/line.ts";
import { time } from "../ui/format.ts";
import { useAnyTable, useChatChars, useRoom, useYou } from "./context.tsx";
import { say } from "./notice.ts";
import { wordsFor } from "./refusals.ts";
import { Name } from "../ui/name.tsx";

export function ChatTab() {
  const { link } = useAnyTable();
  const lines = useRoom((table) => table.chat);
  const you = useYou();
  const max = useChatChars();
  const [text, setText] = useState("");
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Delayed by a frame, because the sheet around it may just be opening.
    const frame = requestAnimationFrame(() => list.current?.scrollTo({ top: list.current.scrollHeight }));
    return () => cancelAnimationFrame(frame);
  }, [lines]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const words = text.trim();
    if (words === "") return;
    setText("");
    void link.send({ type: "chat", text: words }).then((answer) => {
      if (answer.ok) return;
      say(wordsFor(answer));
      setText((typed) => (typed === "" ? words : typed));
    });
  };

  return (
    <div className="chat">
      {lines.length === 0 ? (
        <p className="empty">Quiet so far. A word of greeting, perhaps?</p>
      ) : (
        <div ref={list} className="chat-log" role="log" aria-label="Chat" tabIndex={0}>
          <ol className="chat-lines">
            {lines.map((line) => (
              <li key={`${line.at} ${line.player} ${line.text}`} data-mine={line.player === you || undefined}>
                <p className="chat-who">
                  <Name className="truncate">{line.player === you ? "You" : line.name}</Name>
                  <time className="numerals">{time(line.at)}</time>
                </p>
                <p className="chat-text" dir="auto">
                  {line.text}
                </p>
              </li>
            ))}
          </ol>
        </div>
      )}
      <form className="flex gap-2" onSubmit={submit}>
        <input
          className="field"
          value={text}
          disabled={you === null}
          placeholder={you === null ? "Players may talk" : "Say something kind"}
          aria-label="Your message"
          data-testid="chat-input"
          onChange={(event) => setText(firstGraphemes(event.target.value, max))}
        />
        <button
          type="submit"
          className="btn w-11 shrink-0 px-0"
          disabled={you === null || text.trim() === ""}
          aria-label="Send"
        >
          <Send size={18} aria-hidden="true" />
        </button>
      </form>
    </div>
  );
}
