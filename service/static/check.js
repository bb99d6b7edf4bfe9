// The page works without this. It spares the reloads: the form is sent by fetch and the page made by the server is put
// in place, so there is one way in which an answer is made. What is asked stands in no address and in no storage.

import { suggest } from "./suggest.js";

const REPLACED = ["header.top", "#main", "footer.bottom"];
const seen = [];
let at = 0;
let running = null;

const said = document.createElement("div");
said.className = "unseen";
said.setAttribute("role", "status");
document.body.append(said);

const form = () => document.querySelector("#proposal");
const parts = () => REPLACED.map((selector) => document.querySelector(selector));

function put(nodes, language, title) {
  parts().forEach((node, index) => node.replaceWith(nodes[index]));
  document.documentElement.lang = language;
  document.title = title;
  suggest(form());
}

// Leave what is shown in memory, so that going back brings it again with everything typed.
function keep() {
  seen[at] = { nodes: parts(), language: document.documentElement.lang, title: document.title, scroll: scrollY };
}

function focus(element, place) {
  if (!element) return;
  element.focus({ preventScroll: true });
  if (place) element.scrollIntoView({ block: place });
}

async function send(submitter) {
  const sent = form();
  const action = submitter.hasAttribute("formaction") ? submitter.formAction : sent.action;
  const data = new URLSearchParams(new FormData(sent, submitter));
  running?.abort();
  running = new AbortController();
  said.textContent = sent.dataset.busy;
  submitter.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(action, {
      method: "POST", body: data, headers: { Accept: "text/html" }, signal: running.signal,
    });
    show(new DOMParser().parseFromString(await response.text(), "text/html"), new URL(action), submitter);
  } catch (error) {
    if (error.name !== "AbortError") fail(sent);
  } finally {
    submitter.removeAttribute("aria-busy");
  }
}

function show(page, address, submitter) {
  const nodes = REPLACED.map((selector) => page.querySelector(selector));
  const facts = document.querySelector(".facts")?.open;
  const switched = page.documentElement.lang !== document.documentElement.lang;
  keep();
  put(nodes.map((node) => document.adoptNode(node)), page.documentElement.lang, page.title);
  if (facts && switched) document.querySelector(".facts").open = true;
  said.textContent = "";
  // Only the language goes into the address.
  const place = "/" + address.search;
  if (switched) {
    history.replaceState({ at }, "", place);
    focus(document.querySelector(".switch"));
    return;
  }
  at += 1;
  seen.length = at;
  history.pushState({ at }, "", place);
  const link = submitter.name === "link" && document.querySelector("#link");
  if (link) {
    focus(link, "nearest");
    link.select();
  } else if (document.querySelector("#verdict")) {
    focus(document.querySelector("#verdict"));
    document.querySelector("#answer").scrollIntoView({ block: "start" });
  } else {
    focus(document.querySelector("[aria-invalid]") ?? document.querySelector("#main"), "center");
  }
}

function fail(sent) {
  said.textContent = "";
  let fault = sent.querySelector(".unreached");
  if (!fault) {
    fault = document.createElement("p");
    fault.className = "fault unreached";
    sent.append(fault);
  }
  fault.textContent = said.textContent = sent.dataset.failed;
}

document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  send(event.submitter ?? document.querySelector("#go"));
});

// In a field for a line or two, Enter checks. While an input method composes, Enter is its own.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target.id !== "activity") return;
  event.preventDefault();
  form().requestSubmit(document.querySelector("#go"));
});

// A fact to be corrected may lie in what is folded away.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.side a[href^="#"]');
  const field = link && document.querySelector(link.getAttribute("href"));
  if (!field) return;
  event.preventDefault();
  field.closest("details").open = true;
  focus(field, "center");
});

addEventListener("popstate", (event) => {
  const to = event.state?.at ?? 0;
  if (!seen[to] && to !== at) return location.reload();
  if (to === at) return;
  keep();
  at = to;
  put(seen[to].nodes, seen[to].language, seen[to].title);
  scrollTo(0, seen[to].scroll);
});

history.scrollRestoration = "manual";
suggest(form());
