import { expect, test } from "vitest";
import type { View } from "../../../rooms/poker/types.ts";
import { Player } from "../../chaos/player.ts";
import { PHONE } from "../../web/browser.ts";
import { serious, staysUpright } from "../../web/looks.ts";
import { pokerRoom, QUICK, Ring } from "../../web/ring.ts";
import { scene, soon } from "../../web/scene.ts";

const LONG_MS = 240_000;

/** Checks or calls whenever it is one's turn, until `done`. */
async function callDown(rings: readonly Ring[], done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) {
    for (const ring of rings) {
      if ((await ring.standing()) === "turn") {
        await ring.page
          .getByTestId("call")
          .click({ timeout: 1_000 })
          .catch(() => {});
      }
    }
    await rings[0]?.page.waitForTimeout(120);
  }
}

scene("a poker table", (stage) => {
  test("a lone visitor is in a hand after one press [P20]", async () => {
    const { page } = await stage().person();
    const room = await pokerRoom(stage(), {});
    const here = await Ring.open(page, room);
    await here.press("play-now");
    await soon(() => here.ownCards().count()).toBe(2);
    expect((await here.view()).seats.filter((seat) => seat?.bot === true)).toHaveLength(2);
    await here.until("turn", 30_000);
    // What is free is not folded by one slip.
    const free = (await page.getByTestId("call").innerText()).startsWith("Check");
    await here.press("fold");
    if (free) {
      expect(await here.notice()).toContain("check for nothing");
      await here.press("fold");
    }
    await soon(() => here.standing()).not.toBe("turn");
  });

  test(
    "two browsers and a house player play a hand to its end: the page, the record and the money agree [P7] [P17] [P20]",
    async () => {
      const room = await pokerRoom(stage(), { ...QUICK, minPlayers: 3 });
      const people = await Promise.all([stage().person(), stage().person()]);
      const [ann, ben] = await Promise.all(people.map(({ page }) => Ring.open(page, room)));
      if (ann === undefined || ben === undefined) throw new Error("nobody came");
      await ann.sit(0, 5_000);
      await ben.sit(2, 4_000);
      await soon(() => ann.read("balance")).toBe(95_000);
      await soon(() => ben.read("in-play")).toBe(4_000);
      await ann.page.getByTestId("bot-4").click();
      await soon(() => ann.ownCards().count()).toBe(2);
      await soon(() => ben.ownCards().count()).toBe(2);
      // Each sees two faces of their own, and no other before somebody shows.
      expect(await ann.page.locator('[data-testid="seat-2"] [data-card]').count()).toBe(0);
      expect(await ben.page.locator('[data-testid="seat-0"] [data-card]').count()).toBe(0);

      await callDown([ann, ben], () => ann.isOver(1));
      const [byAnn, byBen, annId] = [await ann.hand(1), await ben.hand(1), await ann.me()];
      expect(byAnn.outcome.players).toHaveLength(3);
      const annCards = byAnn.outcome.players.find(({ player }) => player === annId);
      const shownToBen = byBen.outcome.players.find(({ player }) => player === annId);
      expect(annCards?.cards).toHaveLength(2);
      expect(shownToBen?.cards === null).toBe(annCards?.shown === false);
      // What is in play, for each of them, is what the record says they ended with.
      const bensId = await ben.me();
      await soon(() => ann.read("in-play")).toBe(annCards?.end);
      await soon(() => ben.read("in-play")).toBe(byBen.outcome.players.find(({ player }) => player === bensId)?.end);
      const { players, awards } = byAnn.outcome;
      const won = awards.flatMap(({ wins }) => wins.map(({ chips }) => chips)).reduce((sum, chips) => sum + chips, 0);
      expect(won).toBeGreaterThan(0);
      expect(players.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(0);
      await ann.page.getByTestId("tab-history").click();
      await ann.page.getByTestId("hand-1").click();
      await ann.page.getByTestId("replay-end").click();
      expect(await ann.page.getByTestId("replay-line").innerText()).toMatch(/wins? [\d,]+/);

      // Its page checks it from what Ann was shown; with a lie in it it fails, and says where.
      await ann.page.getByTestId("hand-proof").click();
      const verdict = ann.page.getByTestId("verify-verdict");
      await ann.page.locator('[data-testid="verify-verdict"][data-ok="true"]').waitFor();
      await ann.page.getByRole("button", { name: "A chip more for the first seat" }).click();
      await ann.page.locator('[data-testid="verify-verdict"][data-ok="false"]').waitFor();
      expect(await verdict.innerText()).toContain("What was paid");
      await ann.page.getByRole("button", { name: "As it was" }).click();
      await ann.page.locator('[data-testid="verify-verdict"][data-ok="true"]').waitFor();
      const [file] = await Promise.all([ann.page.waitForEvent("download"), ann.page.getByTestId("save-phh").click()]);
      expect(file.suggestedFilename()).toMatch(/-hand-1\.phh$/);
      expect(await serious(ann.page)).toEqual([]);
      await staysUpright(ann.page, [1440, 360]);
    },
    LONG_MS,
  );

  test(
    "by keyboard alone: sit down, call, step and write a raise, be told why one is none, go all-in [P2]",
    async () => {
      const { page } = await stage().person();
      const room = await pokerRoom(stage(), { ...QUICK, seats: 2, maxBots: 0, actionMs: 120_000 });
      const other = await Player.guest(stage().house().url, room);
      await other.join();
      await other.send({ type: "sit", seat: 1, buyIn: 10_000 });
      // Who sits opposite calls whatever comes.
      other.watch = () => {
        const { hand } = other.view as View; // poker's, by the room's name
        if (hand?.turn?.seat === 1)
          void other.send({ type: hand.turn.toCall === 0 ? "check" : "call", hand: hand.hand });
      };
      const here = await Ring.open(page, room);
      await page.getByTestId("play-now").focus();
      await page.keyboard.press("Enter");
      await here.until("turn");
      const field = page.getByTestId("raise-to");
      const mine = async (): Promise<number> => (await here.view()).seats[0]?.put ?? 0;

      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "By keyboard" }).waitFor();
      await page.keyboard.press("Escape");
      const least = Number(await field.inputValue());
      await page.keyboard.press("ArrowUp");
      await soon(() => field.inputValue()).toBe(String(least + 100));
      await page.keyboard.press("ArrowDown");
      await soon(() => field.inputValue()).toBe(String(least));

      // A digit begins to write the amount; too little is not sent, and one line says what is wrong.
      const before = await mine();
      await page.keyboard.press("1");
      await page.keyboard.press("Enter");
      await soon(() => here.notice()).toBe(`The least is ${least}.`);
      expect(await mine()).toBe(before);
      await page.keyboard.press("Escape");
      await page.keyboard.press("r");
      await page.keyboard.type("425");
      await page.keyboard.press("Enter");
      await soon(() => mine()).toBeGreaterThanOrEqual(425);

      // The turn on the flop, not what is left of the one before.
      await soon(() => here.board().count()).toBeGreaterThanOrEqual(3);
      await here.until("turn");
      // Held down it is still one press: the next street's check is not made by it.
      for (let i = 0; i < 8; i++) {
        await page.keyboard.down("c");
        await page.waitForTimeout(100);
      }
      await soon(() => here.board().count()).toBeGreaterThanOrEqual(4);
      await here.until("turn");
      await page.keyboard.down("c");
      await page.waitForTimeout(300);
      expect(await here.board().count()).toBe(4);
      await page.keyboard.up("c");
      await page.keyboard.press("a");
      await soon(() => field.inputValue()).toBe(String(10_000 - 425));
      await page.keyboard.press("Enter");
      await soon(() => here.isOver(1)).toBe(true);
      const { players } = (await here.hand(1)).outcome;
      // Everything went in: one has it all, or they share it.
      expect(players.map(({ end }) => end).sort((a, b) => a - b)).toSatisfy((ends: number[]) =>
        ["0,20000", "10000,10000"].includes(ends.join()),
      );
      other.close();
    },
    LONG_MS,
  );

  test(
    "a pre-action is kept by the table, shown as chosen, and taken back with a second touch [P15]",
    async () => {
      const room = await pokerRoom(stage(), { ...QUICK, actionMs: 60_000, minPlayers: 3 });
      const people = await Promise.all([stage().person(), stage().person()]);
      const [ann, ben] = await Promise.all(people.map(({ page }) => Ring.open(page, room)));
      if (ann === undefined || ben === undefined) throw new Error("nobody came");
      await ann.sit(0);
      await ben.sit(1);
      await ann.page.getByTestId("bot-3").click();
      const turned = async (): Promise<Ring | null> => {
        if ((await ann.standing()) === "turn") return ann;
        return (await ben.standing()) === "turn" ? ben : null;
      };
      await soon(async () => (await turned()) !== null).toBe(true);
      const waits = (await turned()) === ann ? ben : ann;
      const pre = waits.page.getByTestId("pre-checkFold");
      await soon(() => waits.standing()).toBe("pre");
      await pre.click();
      await soon(() => pre.getAttribute("aria-pressed")).toBe("true");
      await pre.click();
      await soon(() => pre.getAttribute("aria-pressed")).toBe("false");
      // Whoever is to act folds: what was chosen ahead is done without a touch.
      await waits.page.getByTestId("pre-callAny").click();
      await soon(() => waits.page.getByTestId("pre-callAny").getAttribute("aria-pressed")).toBe("true");
      await (waits === ann ? ben : ann).press("fold");
      const me = await waits.me();
      await soon(async () => {
        const { hand, seats } = await waits.view();
        const mine = seats.find((seat) => seat?.player === me);
        // Acted, or alone in the hand.
        return hand === null || hand.awards !== null || ["call", "check"].includes(mine?.last?.type ?? "");
      }).toBe(true);
    },
    LONG_MS,
  );

  test("a seat that somebody was quicker to take is refused in one line, and nothing changes", async () => {
    const room = await pokerRoom(stage(), QUICK);
    const people = await Promise.all([stage().person(), stage().person()]);
    const [ann, ben] = await Promise.all(people.map(({ page }) => Ring.open(page, room)));
    if (ann === undefined || ben === undefined) throw new Error("nobody came");
    await ann.page.getByTestId("sit-2").click();
    await ben.sit(2);
    await ann.page.getByTestId("sit-down").click();
    await soon(() => ann.notice()).toContain("Somebody was quicker");
    await soon(() => ann.read("balance")).toBe(100_000);
    await soon(() => ann.read("in-play")).toBe(0);
    expect(await ann.standing()).toBe("up");
  });

  test("who looks into the lobby is dealt out and keeps the seat, and is dealt in again at a touch [P13]", async () => {
    const room = await pokerRoom(stage(), QUICK);
    const { page } = await stage().person();
    const here = await Ring.open(page, room);
    await here.sit(2, 4_000);
    await page.getByRole("link", { name: "Croupier, to the tables" }).click();
    await soon(async () => (await here.view()).seats[2]?.waiting).toBe("sittingOut");
    await soon(() => here.read("in-play")).toBe(4_000);
    // Wherever one is, the header leads back to the table where one's chips are.
    await page.getByTestId("your-table").click();
    await page.waitForURL(`**${here.path}`);
    expect(await page.getByTestId("your-table").count()).toBe(0);
    await here.until("out");
    await page.getByTestId("sit-in").click();
    await here.until("ready");
    expect((await here.view()).seats[2]?.waiting).toBe(null);
  });

  test(
    "who has walked off is told in the page and in the tab's title when it is their turn, and the way back",
    async () => {
      const room = await pokerRoom(stage(), QUICK);
      const { page } = await stage().person();
      const here = await Ring.open(page, room);
      await here.press("play-now");
      await here.until("turn");
      expect(await page.title()).toMatch(/^Your turn/);
      expect(await page.getByTestId("your-turn").count()).toBe(0);
      await page.getByRole("link", { name: "Croupier, to the tables" }).click();
      await page.getByTestId("your-turn").waitFor();
      expect(await page.title()).toBe("Your turn \u00b7 Croupier");
      await page.getByTestId("your-turn").getByRole("link", { name: "To your table" }).click();
      await here.until("turn");
      await here.press("fold");
      await soon(() => page.title()).not.toMatch(/^Your turn/);
    },
    LONG_MS,
  );

  test("too few chips are not sent, standing up brings them home, and who comes back brings what they left with [P13] [P14]", async () => {
    const room = await pokerRoom(stage(), QUICK);
    const { page } = await stage().person();
    const here = await Ring.open(page, room);
    await page.getByTestId("sit-3").click();
    await page.getByTestId("chips").fill("1");
    expect(await page.getByTestId("sit-down").isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    expect((await here.view()).seats.every((seat) => seat === null)).toBe(true);
    await here.sit(3, 2_000);
    expect((await here.view()).seats[3]?.stack).toBe(2_000);
    await page.getByTestId("stand").click();
    await soon(async () => (await here.view()).seats[3] ?? null).toBe(null);
    await soon(() => here.read("at-hand")).toBe(100_000);
    // The purse goes home at once, though the page stays.
    await soon(() => here.read("balance")).toBe(100_000);
    await soon(() => here.read("in-play")).toBe(0);
    // Whoever comes back soon brings what they left with. [P13]
    await page.getByTestId("sit-1").click();
    await page.getByTestId("chips").fill("1999");
    expect(await page.getByTestId("sit-down").isDisabled()).toBe(true);
  });

  test(
    "at 360 pixels nothing scrolls sideways, seated and in a hand, and axe finds nothing serious",
    async () => {
      const room = await pokerRoom(stage(), { ...QUICK, seats: 9, maxBots: 8 });
      const { page } = await stage().person(PHONE);
      const here = await Ring.open(page, room);
      expect(await serious(page)).toEqual([]);
      await staysUpright(page, [390, 360]);
      await here.press("play-now");
      await here.until("turn");
      await staysUpright(page, [390, 360]);
      expect(await serious(page)).toEqual([]);
      for (const tab of ["seat", "players", "history", "fair"]) {
        await page.getByTestId(`tab-${tab}`).click();
        await page.locator("dialog[open]").waitFor();
        await staysUpright(page, [360]);
        expect(await serious(page), tab).toEqual([]);
        await page.keyboard.press("Escape");
      }
    },
    LONG_MS,
  );

  test(
    "the seven decks that were not played are opened and checked in the page, and so is each card that was shown",
    async () => {
      const room = await pokerRoom(stage(), QUICK);
      const { page } = await stage().person();
      const here = await Ring.open(page, room);
      await here.press("play-now");
      await soon(() => here.ownCards().count()).toBe(2);
      await page.getByTestId("tab-fair").click();
      await page.locator('[data-testid="seals"][data-ok="true"]').waitFor();
      const words = await page.getByTestId("seals").innerText();
      expect(words).toContain("7 of the 7 other decks opened");
      expect(words).toMatch(/The \d cards you were shown lie in deck/);
    },
    LONG_MS,
  );
});
