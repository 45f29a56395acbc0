/** Open a page in Firefox over WebDriver BiDi and print what it found: `node firefox.mjs FIREFOX URL`. */

import puppeteer from "puppeteer-core";

const [executablePath, url] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
try {
  const page = await browser.newPage();
  await page.goto(url);
  const found = await page.waitForSelector("pre", { timeout: 60_000 });
  console.log(await found.evaluate((pre) => pre.textContent));
} finally {
  await browser.close();
}
