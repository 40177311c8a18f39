// A tired network: how much the answer costs from nothing, and in which order it comes.

import { bundleIsBuilt } from "./stand/programs.mjs";
import { expect, test } from "./journey";
import { child } from "./stand/sandbox.mjs";

/** Compressed bytes with their headers, from the start page to the answer, without the islands (issue 2, show 10). */
const MOST = 30 * 1024;

test("Given a browser that has never been here, when it has come to an answer, then that took at most 30 KB and nothing from anybody else", async ({ desk, seen, stand, javaScriptEnabled }) => {
  const sizes: { path: string; bytes: number }[] = [];
  const measured: Promise<void>[] = [];
  desk.page.on("requestfinished", (request) => {
    if (!request.url().startsWith(stand.portal)) return;
    measured.push(
      request.sizes().then(({ responseBodySize, responseHeadersSize }) => {
        sizes.push({ path: new URL(request.url()).pathname.replace(/[0-9a-f-]{36}/, "{id}"), bytes: responseBodySize + responseHeadersSize });
      }),
    );
  });
  await desk.startWorkAs("gp-clinician");
  await desk.check(child("cpp").nhs_number);
  await desk.page.waitForLoadState("load");
  await Promise.all(measured);
  const islands = (path: string) => /\/(portal|wake)[^/]*\.(js|wasm)$/.test(path);
  const without = sizes.filter(({ path }) => !islands(path));
  const total = without.reduce((sum, { bytes }) => sum + bytes, 0);
  test.info().annotations.push({ type: "bytes", description: `${total}: ${without.map(({ path, bytes }) => `${path} ${bytes}`).join(", ")}` });
  expect(total).toBeGreaterThan(5_000);
  expect(total).toBeLessThanOrEqual(MOST);
  if (!javaScriptEnabled) expect(sizes.filter(({ path }) => islands(path)), "without script nothing of the islands is fetched").toEqual([]);
  expect(seen.strangers()).toEqual([]);
});

test("Given an answer page, then it is compressed, not kept, and says what may run on it", async ({ desk }) => {
  await desk.startWorkAs("gp-clinician");
  await desk.check(child("cpp").nhs_number);
  const response = (await desk.page.reload())!;
  const headers = await response.allHeaders();
  expect(headers["content-encoding"]).toMatch(/^(br|gzip|zstd)$/);
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers["content-security-policy"]).toBe(
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self'; style-src 'self'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  );
  expect(headers["referrer-policy"]).toBe("same-origin");
  const html = await response.text();
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|<style|<img|<iframe/);
});

test("Given the islands, when the answer is opened from nothing, then their code is asked for only after the answer can be read", async ({ desk, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "this is about script");
  test.skip(!bundleIsBuilt(), "there is no browser bundle in target/site");
  await desk.startWorkAs("gp-clinician");
  await desk.check(child("cpp").nhs_number);
  const times = () =>
    desk.page.evaluate(() => {
      const wasm = performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".wasm"));
      const page = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming;
      return wasm && { wasm: wasm.startTime, readable: page.domContentLoadedEventEnd, loaded: page.loadEventStart };
    });
  await expect.poll(times).toBeTruthy();
  const { wasm, readable, loaded } = (await times())!;
  expect(wasm).toBeGreaterThan(readable);
  expect(wasm).toBeGreaterThanOrEqual(loaded);
});
