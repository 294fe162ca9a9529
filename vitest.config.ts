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

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "rules",
          include: ["test/rules/**/*.test.ts"],
          environment: "node",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
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
          include: ["test/workerd/**/*.test.ts"],
          setupFiles: ["test/workerd/setup.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "redis",
          include: ["test/stats/**/*.test.ts"],
          environment: "node",
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "kafka",
          include: ["test/kafka/**/*.test.ts"],
          environment: "node",
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "bridge",
          include: ["test/bridge/**/*.test.ts"],
          environment: "node",
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "chaos",
          include: ["test/chaos/**/*.test.ts"],
          environment: "node",
          testTimeout: 400_000,
          hookTimeout: 120_000,
          // Each has a house of its own, and mostly waits for its clock.
          maxConcurrency: 2,
        },
      },
      {
        test: {
          name: "loop",
          include: ["test/loop/**/*.test.ts"],
          environment: "node",
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
