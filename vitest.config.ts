import { mkdirSync } from "node:fs";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

// The assets binding wants its folder even before the page is built.
mkdirSync("web/dist", { recursive: true });

/** Limits out of the way; a test of a limit makes its own small one. */
const settings = {
  AUTH_SECRET: "a secret for tests alone, long enough",
  ALLOWED_ORIGINS: "https://friend.example",
  LOG_LEVEL: "warn",
  LIMIT_AUTH_PER_MIN: 100_000,
  LIMIT_GUEST_PER_MIN: 100_000,
  LIMIT_API_PER_MIN: 100_000,
  // Most players of tests are guests.
  BOARDS_INCLUDE_GUESTS: "on",
  OPERATOR_KEYS: [
    "an-operator-key-for-tests-alone-0001",
    "another-operator-key-for-tests-0002",
    "vera:viewer:a-viewer-key-for-tests-alone-00001",
    "sam:support:a-support-key-for-tests-alone-00002",
    "flo:floor:a-floor-key-for-tests-alone-0000003",
    "ada:admin:an-admin-key-for-tests-alone-000004",
  ].join(","),
  // Tests of lotteries stake what they want to see in a ticket.
  LOTTERY_WEIGHT_BY: "stake",
  // Besides the default one: a small and generous one, and one that takes crash's stakes alone.
  LOTTERIES: JSON.stringify({
    main: {},
    small: { players: 2, prizeShare: 1_000 },
    crashers: { players: 2, games: ["crash"] },
  }),
};

/** The workerd tests' setup file applies them to each file's own database. */
const READ_MODEL_MIGRATIONS = await readD1Migrations("src/stats/migrations");

/** A test file's level is in its name: `deck.unit.test.ts`. test/README.md says what each level wants. */
const of = (level: string): string[] => [`test/**/*.${level}.test.ts`];
/** One file after another: each has a broker or a house of its own, and mostly waits for their clocks. */
const oneByOne = { environment: "node", fileParallelism: false } as const;

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: of("unit"), environment: "node", testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: { name: "search", include: of("search"), environment: "node", testTimeout: 300_000, hookTimeout: 60_000 },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: { ...settings, READ_MODEL_MIGRATIONS } },
          }),
        ],
        test: {
          name: "workerd",
          include: of("workerd"),
          setupFiles: ["test/setup.workerd.ts"],
          testTimeout: 30_000,
        },
      },
      { test: { name: "redis", include: of("redis"), ...oneByOne, testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: {
          name: "e2e",
          include: of("e2e"),
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // What a busy machine was too slow for is tried once more, and said; a wrong answer is not.
          retry: { count: 1, condition: /Timeout|timed out/ },
        },
      },
      { test: { name: "package", include: of("package"), ...oneByOne, testTimeout: 240_000, hookTimeout: 240_000 } },
      { test: { name: "kafka", include: of("kafka"), ...oneByOne, testTimeout: 300_000, hookTimeout: 300_000 } },
      {
        test: {
          name: "chaos",
          include: of("chaos"),
          environment: "node",
          testTimeout: 600_000,
          hookTimeout: 120_000,
          maxConcurrency: 2,
        },
      },
    ],
  },
});
