// One runner, three kinds of room: plain Node, pages in jsdom, a real browser.
import { fileURLToPath } from 'node:url'

const rootDir = fileURLToPath(new URL('.', import.meta.url))
const base = {
  rootDir,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.emulator/'],
  transform: { '^.+\\.ts$': '<rootDir>/test/support/esbuild-transform.mjs' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
}

export default {
  // No test is about speed: a slow machine must not fail one. `npm run bench` is where time is measured.
  testTimeout: 60_000,
  // Tests wait for browsers and workers more than they compute: one jest worker per core, not one fewer.
  maxWorkers: '100%',
  projects: [
    {
      ...base,
      displayName: 'node',
      testEnvironment: 'node',
      globalSetup: '<rootDir>/test/support/build-once.ts',
      testMatch: ['<rootDir>/test/{journeys,server,client,emulator,scripts}/**/*.test.ts'],
    },
    {
      ...base,
      displayName: 'page',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/test/pages/**/*.test.ts'],
    },
    {
      ...base,
      displayName: 'browser',
      testEnvironment: 'node',
      globalSetup: '<rootDir>/test/support/browser-setup.ts',
      testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
    },
  ],
}
