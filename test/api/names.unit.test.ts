import { describe, expect, test } from "vitest";
import { lookOf } from "../../src/api/auth/look-alikes.ts";
import { CREATURES, friendlyName, TONES } from "../../src/api/auth/random.ts";
import { isReserved } from "../../src/api/auth/reserved.ts";

const kept = (shown: string): boolean => isReserved({ shown, look: lookOf(shown) });

describe("names that nobody may take", () => {
  test.each([
    ..."Casino Support,The House,Support-Team,Dealer 1,System.Message,House.Bank,Mod Team,Adm1n".split(","),
    ..."CasinoSupport,thehouse,supportteam,Dealer1,dealer_07,TheHouse9,MODS,St4ff Staff".split(","),
  ])("%s would be taken for the house's", (name) => {
    expect(kept(name)).toBe(true);
  });

  test("no guest's name can be taken, whatever is between its words", () => {
    for (const tone of TONES)
      for (const creature of CREATURES)
        for (const between of ["", " ", "-", "."]) {
          const name = `${tone}${between}${creature} 482`;
          expect(kept(name), name).toBe(true);
        }
  });

  test.each(["Brass-Heron-482", "brassheron482", "Brass.Heron482", "Brass Her0n 482", friendlyName()])(
    "%s would be taken for a guest's",
    (name) => {
      expect(kept(name)).toBe(true);
    },
  );

  test.each(
    "Robot,Modern Art,Housecat,Ideal,Stafford,The Team,Brass Heron,Brass-Horse-482,Ann-Lee,tester12xab3,Systematic".split(
      ",",
    ),
  )("%s is free", (name) => {
    expect(kept(name)).toBe(false);
  });

  test("two names are alike whatever is between their words", () => {
    expect(new Set(["Milkman", "Milk-man", "milk man", "M.i.l.k_man"].map(lookOf)).size).toBe(1);
    expect(lookOf("Milkmen")).not.toBe(lookOf("Milkman"));
  });
});
