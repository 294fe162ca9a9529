import { useState } from "react";
import { usePlayer, useSession } from "../api/session.ts";
import { Dialog } from "../ui/dialog.tsx";
import { AccountSheet } from "./account-sheet.tsx";
import { SignForm } from "./sign-form.tsx";
import { initialOf } from "../ui/initial.ts";
import { Name } from "../ui/name.tsx";

type Open = "account" | "register" | "login" | null;

/** The account menu: name, log-in and sign-up. */
export function AccountMenu() {
  const session = useSession();
  const player = usePlayer();
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  const guest = player?.guest === true;

  return (
    <>
      {session.state === "away" && (
        <button type="button" className="btn" onClick={() => setOpen("login")}>
          Log in
        </button>
      )}
      {guest && (
        <button
          type="button"
          className="btn hidden md:inline-flex"
          data-testid="signup-open"
          onClick={() => setOpen("register")}
        >
          Sign up
        </button>
      )}
      {player !== null && (
        <button
          type="button"
          className="avatar"
          aria-label={`Your account: ${player.username}`}
          data-testid="account-open"
          onClick={() => setOpen("account")}
        >
          <span aria-hidden="true" translate="no">
            {initialOf(player.username)}
          </span>
        </button>
      )}
      <Dialog
        open={open === "account" && player !== null}
        onClose={close}
        title={<Name>{player?.username ?? ""}</Name>}
      >
        {player !== null && (
          <AccountSheet
            player={player}
            onSignUp={() => setOpen("register")}
            onLogIn={() => setOpen("login")}
            onDone={close}
          />
        )}
      </Dialog>
      <Dialog
        open={open === "register" || open === "login"}
        onClose={close}
        title={open === "login" ? "Welcome back" : "Keep your seat"}
      >
        <SignForm
          key={open}
          kind={open === "login" ? "login" : "register"}
          guest={guest}
          onSwitch={() => setOpen(open === "login" ? "register" : "login")}
          onDone={close}
        />
      </Dialog>
    </>
  );
}
