// Wakes the islands of a page once it can be read, and lets no browser show a person again after the page was left.
//
// The bundle tool puts the real names of the two files here. A page without islands loads neither.
const CODE = "./portal.js";
const MACHINE = "./portal_bg.wasm";
// A tab hidden for longer than this asks, when seen again, whether its session still lives.
const HIDDEN_LONG = 30_000;

// Leaving a page that the browser may keep whole in memory: cover it, so that coming back shows nothing until it is asked for anew.
addEventListener("pagehide", (event) => {
  if (event.persisted) document.documentElement.style.visibility = "hidden";
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Logging out in one tab takes the pages of every other tab off the screen.
const out = "BroadcastChannel" in window ? new BroadcastChannel("log-out") : undefined;
if (out) out.onmessage = () => location.replace("/timed-out");
addEventListener("submit", (event) => {
  if (new URL(event.target.action).pathname === "/log-out") out?.postMessage("");
});

let hiddenSince;
document.addEventListener("visibilitychange", async () => {
  if (document.hidden) {
    hiddenSince = Date.now();
  } else if (Date.now() - hiddenSince > HIDDEN_LONG && document.getElementById("session-banner")) {
    // Asking does not count as activity. Only a plain "no" acts: a lost network must not throw a page away.
    const answer = await fetch("/session", { cache: "no-store", headers: { accept: "application/json" } }).catch(() => undefined);
    if (answer?.status === 401) location.replace("/timed-out");
  }
});

// Leptos names each island's function after it plus a number made from its source; another compiler may number it otherwise.
function functionOf(code, name) {
  const plain = name.replace(/\d+$/, "");
  return code[name] ?? code[Object.keys(code).find((key) => key.startsWith(plain))];
}

// Outer islands first. What stands inside `<leptos-children>` belongs to the island around it, which must be told each time.
async function wake(node, around, code) {
  if (node.localName === "leptos-island") {
    around?.();
    await functionOf(code, node.dataset.component)?.(node);
  }
  const inside = node.localName === "leptos-children" ? node.$$on_hydrate : around;
  for (const child of node.children) await wake(child, inside, code);
}

async function wakeAll() {
  const code = await import(CODE);
  await code.default({ module_or_path: new URL(MACHINE, import.meta.url) });
  code.hydrate();
  await wake(document.body, undefined, code);
}

function whenIdle() {
  if (!document.querySelector("leptos-island")) return;
  if ("requestIdleCallback" in window) requestIdleCallback(wakeAll, { timeout: 2000 });
  else setTimeout(wakeAll, 200);
}

if (document.readyState === "complete") whenIdle();
else addEventListener("load", whenIdle, { once: true });
