// The log-in service under another host name than the portal's (ruling 39), so that the way to it and back crosses sites.

import { expect, test } from "./journey";
import { child, endAtProvider, watchInbox } from "./stand/sandbox.mjs";

test.use({ unlike: { sandboxHost: "127.0.0.1" } });

test("Given the log-in service at 127.0.0.1 and the portal at localhost, when a silent and a notifying look-up are made, then both work from log-in to log-out", async ({
  desk,
  stand,
}) => {
  const { nhs_number } = child("cpp");
  await desk.startWorkAs("gp-clinician");
  await desk.check(nhs_number);
  await expect(desk.told).toHaveAttribute("data-told", "nobody");
  await desk.logOut();
  const told = await watchInbox(stand, nhs_number);
  await desk.startWorkAs("ed-nurse");
  await desk.identifyAndOpen(nhs_number);
  expect(await told()).toHaveLength(1);
  expect((await endAtProvider(stand, "ed-nurse")).at(-1).status).toBe(200);
  await desk.page.reload();
  await expect(desk.main).toContainText("Care Identity has logged you out.");
});
