// Names offered while a field is filled in, from /v1/suggest. Where that is not served, the fields stay as they are.

const WAIT = 90;
const SHOWN = 7;
// A name is short; a longer text is a proposal and stays on the page until it is sent.
const LONGEST = 40;
let served = true;

async function ask(text, kind, signal) {
  const query = new URLSearchParams({ q: text, kind, limit: SHOWN, lang: document.documentElement.lang.slice(0, 2) });
  try {
    const response = await fetch(`/v1/suggest?${query}`, { signal, headers: { Accept: "application/json" } });
    served = response.status !== 404;
    return response.ok ? (await response.json()).items : [];
  } catch {
    return [];
  }
}

// Call `found(items)` a moment after the last key, for the newest text only.
function listen(input, kind, found) {
  let timer = 0;
  let asked = null;
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    asked?.abort();
    const text = input.value.trim();
    if (!served || event.isComposing || text.length > LONGEST || !text) return found([]);
    timer = setTimeout(async () => {
      asked = new AbortController();
      const { signal } = asked;
      const items = await ask(text, kind, signal);
      if (!signal.aborted && document.activeElement === input) found(items);
    }, WAIT);
  });
}

function places(input) {
  const list = document.createElement("datalist");
  list.id = "places";
  input.after(list);
  input.setAttribute("list", list.id);
  listen(input, "place", (items) => list.replaceChildren(...items.map((item) => new Option("", item.label))));
}

function option(item, choose) {
  const row = document.createElement("li");
  const button = document.createElement("button");
  const name = document.createElement("span");
  button.type = "button";
  name.textContent = item.label;
  if (item.matched && item.matched !== item.label) {
    const matched = document.createElement("span");
    matched.className = "matched";
    matched.textContent = item.matched;
    name.append(matched);
  }
  button.append(name);
  const badge = item.status && document.querySelector("#badges").content.querySelector(`.is-${item.status}`);
  if (badge) button.append(badge.cloneNode(true));
  button.addEventListener("click", () => choose(item));
  row.append(button);
  return row;
}

function activities(input, form) {
  const list = document.createElement("ul");
  const count = document.createElement("p");
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("aria-label", form.dataset.suggestions);
  count.className = "unseen";
  count.setAttribute("role", "status");
  input.parentElement.append(list, count);

  const show = (items) => {
    list.replaceChildren(...items.map((item) => option(item, choose)));
    list.hidden = !items.length;
    count.textContent = items.length ? form.dataset.suggested.replace("{count}", items.length) : "";
  };
  const choose = (item) => {
    input.value = item.label;
    show([]);
    input.focus();
  };
  const move = (step) => {
    const stops = [input, ...list.querySelectorAll("button")];
    stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
  };

  listen(input, "activity", show);
  input.parentElement.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      show([]);
      input.focus();
    }
  });
  input.parentElement.addEventListener("focusout", (event) => {
    if (!input.parentElement.contains(event.relatedTarget)) show([]);
  });
  form.addEventListener("submit", () => show([]));
}

export function suggest(form) {
  if (!form || form.dataset.ready) return;
  form.dataset.ready = "yes";
  activities(form.querySelector("#activity"), form);
  places(form.querySelector("#location"));
}
