// What the journeys ask of the sandbox and of the portal's own command line.

import { demonstration } from "./programs.mjs";

async function ask(stand, path, method = "GET", body) {
  const answer = await fetch(stand.sandboxDirect + path, {
    method,
    headers: body && { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
  return answer.status === 204 ? undefined : answer.json();
}

/** Switches faults on, after switching all others off. */
export const faults = (stand, wanted = {}) => ask(stand, "/faults", "POST", { reset: true, ...wanted });

/** Every delivery attempt about this NHS number, oldest first. */
export async function inbox(stand, number) {
  const all = await ask(stand, "/inbox.json");
  return number ? all.filter((attempt) => attempt.nhs_number === number) : all;
}

/** Waits until nothing is left to deliver, so that one notification too many would have come by then. */
export async function allDelivered(stand) {
  for (;;) {
    const counts = await stand.server("outbox", "pending");
    if (!/^pending: [1-9]/m.test(counts)) return;
  }
}

/** From now on: the function it returns gives what has been delivered since about this NHS number. */
export async function watchInbox(stand, number) {
  await allDelivered(stand);
  const before = (await inbox(stand, number)).length;
  return async () => {
    await allDelivered(stand);
    return (await inbox(stand, number)).slice(before);
  };
}

/** Ends this persona's sessions at the provider, which tells the portal; each with the portal's status. */
export const endAtProvider = async (stand, persona) => (await ask(stand, "/log-out-person", "POST", { persona })).sent;

/** The demonstration cases as the sandbox lists them. */
export const children = (stand) => ask(stand, "/children.json");

/** The demonstration person of a case. */
export function child(name) {
  const found = demonstration.children.find((one) => one.case === name);
  if (!found) throw new Error(`no case ${name}`);
  return found;
}

/** An NHS number the way people read it. */
export const spaced = (number) => `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;

const COLUMNS = ["position", "time", "act", "answer", "person", "role", "organisation", "setting", "door", "request", "children"];

/** The audit log from a position on, read beside the live server; one object per entry. */
export async function audit(stand, from = 0) {
  const lines = (await stand.server("audit", "list", "--from", String(from))).split("\n").filter(Boolean);
  return lines.map((line) => Object.fromEntries(line.split("\t").map((value, at) => [COLUMNS[at] ?? at, value])));
}
