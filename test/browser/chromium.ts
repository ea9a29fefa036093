import { existsSync } from 'node:fs';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chromium of this machine: CHROMIUM_PATH, or where one usually is. */
export const chromiumPath = process.env['CHROMIUM_PATH'] ?? USUAL_PATHS.find((path) => existsSync(path));

/** Without a sandbox of its own, since containers give it none; it sees nothing but this machine's pages. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
];
