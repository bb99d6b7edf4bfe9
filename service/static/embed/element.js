// <negative-list-check>: a proposal checked inside a page of somebody else. It asks the service that this script came
// from and nobody else, in the body of a request and never in an address. docs/embedding.md tells how it is used.
// The service puts it and answer.js into one function, to which it gives `words` by language and `css`.

const PLACE = /embed(?:\/[0-9a-f]+)?\.js$/;
const pathOf = (script) => (script.src ? new URL(script.src, document.baseURI).pathname : "");
const script = document.currentScript ?? [...document.scripts].find((each) => PLACE.test(pathOf(each)));
if (!script || customElements.get("negative-list-check")) return;
const from = new URL(script.src, document.baseURI);
const SERVICE = from.origin + from.pathname.replace(PLACE, "");
const PATIENCE = 20_000;

// What an answer can put into fields of the page, by the attribute target-….
const strictestShare = (answer) => {
  const shares = answer.activities.map((item) => item.max_foreign_share).filter((share) => share !== null);
  return shares.length ? Math.min(...shares) : null;
};
const TARGETS = {
  activity: (answer, text) => text,
  activities: (answer) => answer.activities.map((item) => item.activity.id).join(" "),
  "as-of": (answer) => answer.understood.as_of.value,
  dataset: (answer) => answer.dataset.version,
  determination: (answer) => JSON.stringify(answer),
  permitted: (answer) => answer.permitted_as_proposed,
  receipt: (answer) => answer.receipt,
  share: strictestShare,
  status: (answer) => answer.status,
  summary: (answer) => answer.summary,
};

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(css);

const FACTS = { foreign_share: "share", location: "location", investor_origin: "origin" };

class NegativeListCheck extends HTMLElement {
  static formAssociated = true;
  static observedAttributes = ["lang", "required", ...Object.values(FACTS)];

  #internals = this.attachInternals();
  #root = this.attachShadow({ mode: "open", delegatesFocus: true });
  #parts = {};
  #answer = null;
  #asked = null;
  #running = null;
  #disabled = false;
  #spoken = "en";

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [STYLE];
    this.#internals.role = "group";
  }

  /** The determination shown, as the API gives it, or null. */
  get determination() { return this.#answer; }

  /** What is sent with the form: status, outcome, activities and receipt as JSON, or an empty text. */
  get value() {
    if (!this.#answer) return "";
    const { status, permitted_as_proposed, receipt, dataset, understood, activities } = this.#answer;
    return JSON.stringify({
      status, permitted_as_proposed, max_foreign_share: strictestShare(this.#answer),
      activities: activities.map((item) => item.activity.id),
      as_of: understood.as_of.value, dataset: dataset.version, receipt,
    });
  }

  get form() { return this.#internals.form; }
  get name() { return this.getAttribute("name") ?? ""; }
  set name(name) { this.setAttribute("name", name); }
  get type() { return this.localName; }
  get required() { return this.hasAttribute("required"); }
  set required(required) { this.toggleAttribute("required", required); }
  get validity() { return this.#internals.validity; }
  get validationMessage() { return this.#internals.validationMessage; }
  get willValidate() { return this.#internals.willValidate; }
  checkValidity() { return this.#internals.checkValidity(); }
  reportValidity() { return this.#internals.reportValidity(); }

  connectedCallback() { if (!this.#parts.form) this.#build(); }
  disconnectedCallback() { this.#running?.abort(); }

  attributeChangedCallback(name, before, after) {
    if (!this.#parts.form || before === after) return;
    if (name === "lang") {
      const again = this.#asked;
      this.#build();
      if (again) this.#ask(again);
    } else if (name === "required") {
      this.#settle();
    } else {
      const fact = Object.keys(FACTS).find((key) => FACTS[key] === name);
      this.#parts[fact].value = after ?? "";
      this.#outdate();
    }
  }

  formResetCallback() {
    this.#parts.activity.value = "";
    for (const [fact, attribute] of Object.entries(FACTS)) {
      this.#parts[fact].value = this.getAttribute(attribute) ?? "";
    }
    this.#forget();
  }

  formDisabledCallback(disabled) {
    this.#disabled = disabled;
    for (const control of this.#root.querySelectorAll("textarea, input, button")) control.disabled = disabled;
  }

  formStateRestoreCallback(state) { if (typeof state === "string") this.#parts.activity.value = state; }

  get #language() {
    const tag = this.closest("[lang]")?.lang || navigator.language || "en";
    return tag.toLowerCase().startsWith("zh") ? "zh" : "en";
  }

  /** The level of the headings of an answer: one below that of the heading before this element. */
  get #level() {
    const before = [...document.querySelectorAll("h1, h2, h3, h4")].filter(
      (heading) => heading.compareDocumentPosition(this) & Node.DOCUMENT_POSITION_FOLLOWING);
    return before.length ? Number(before.at(-1).localName[1]) + 1 : 2;
  }

  // Words in the language of the element, their {blanks} filled; nothing where there are none of this key.
  #say(key, blanks = {}) {
    return words[this.#spoken][key]?.replace(/\{(\w+)\}/g, (_, name) => blanks[name]);
  }

  get #gap() { return this.#spoken === "zh" ? "" : " "; }

  #build() {
    const written = Object.fromEntries(
      ["activity", ...Object.keys(FACTS)].map((key) => [key, this.#parts[key]?.value]),
    );
    // Facts that the page gives are shown, so that they can be put right.
    const opened = this.#parts.facts?.open ?? Object.values(FACTS).some((attribute) => this.hasAttribute(attribute));
    this.#spoken = this.#language;
    const parts = (this.#parts = {});
    const edited = { input: () => this.#outdate() };
    const control = (name, key, value, attributes) => {
      parts[key] = h(name, {
        id: key, part: "field", autocomplete: "off", "aria-describedby": `${key}-fault`, on: edited, ...attributes,
      });
      parts[key].value = value;
      parts[`${key}-fault`] = h("p", { id: `${key}-fault`, class: "fault" });
      return h("div", {}, h("label", { for: key, part: "label" }, this.#say(key)), parts[key], parts[`${key}-fault`]);
    };
    const hurried = (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#submit(); };
    const activity = control("textarea", "activity", written.activity ?? "", {
      rows: 2, maxlength: 2000, "aria-describedby": "hint activity-fault", on: { ...edited, keydown: hurried },
    });
    activity.append(h("p", { id: "hint", class: "hint" }, this.#say("hint")));
    const facts = Object.entries(FACTS).map(([key, attribute]) => {
      const value = written[key] ?? this.getAttribute(attribute) ?? "";
      return control("input", key, value, { inputmode: key === "foreign_share" && "decimal" });
    });
    parts.facts = h("details", { open: opened },
      h("summary", {}, this.#say("facts")), h("div", { class: "fields" }, facts));
    parts.check = h("button", { class: "check", part: "button" }, this.#say("check"));
    const submit = (event) => { event.preventDefault(); this.#submit(); };
    parts.form = h("form", { novalidate: true, on: { submit } }, activity, parts.facts, parts.check);
    parts.fault = h("p", { class: "fault", role: "alert" });
    parts.said = h("p", { class: "unseen", role: "status" });
    parts.answer = h("section", {
      class: "answer", part: "answer", tabindex: -1, hidden: true, "aria-label": this.#say("name"),
    });
    const tag = this.#spoken === "zh" ? "zh-Hans" : "en";
    this.#root.replaceChildren(
      h("div", { class: "box", part: "box", lang: tag }, parts.form, parts.fault, parts.said, parts.answer));
    this.#internals.ariaLabel = this.#say("name");
    this.formDisabledCallback(this.#disabled);
    this.#forget();
  }

  /** What the form of the page sends, and whether it may be sent. */
  #settle() {
    const value = this.value;
    this.#internals.setFormValue(value || null, this.#parts.activity.value);
    if (this.required && !value) {
      this.#internals.setValidity({ valueMissing: true }, this.#say("required"), this.#parts.activity);
    } else {
      this.#internals.setValidity({});
    }
    this.#parts.activity.ariaRequired = String(this.required);
  }

  /** Put what is answered into the fields named by target-…, or take it back. */
  #fill() {
    this.#settle();
    for (const [key, read] of Object.entries(TARGETS)) {
      const name = this.getAttribute(`target-${key}`);
      const field = name && (this.form?.elements.namedItem(name) ?? this.getRootNode().getElementById?.(name));
      if (!field) continue;
      field.value = this.#answer ? String(read(this.#answer, this.#asked.activity) ?? "") : "";
      for (const type of ["input", "change"]) field.dispatchEvent?.(new Event(type, { bubbles: true }));
    }
  }

  #forget() {
    this.#running?.abort();
    // Fields that the page came with keep what they hold until there was an answer.
    const held = this.#answer !== null;
    this.#answer = this.#asked = null;
    this.#parts.answer.hidden = true;
    this.#parts.answer.replaceChildren();
    this.#parts.said.textContent = "";
    this.#complain({});
    if (held) this.#fill(); else this.#settle();
  }

  /** An answer to other words is no answer: it stays to be read, but is sent no more. */
  #outdate() {
    this.#running?.abort();
    this.#parts.said.textContent = "";
    if (!this.#answer) return;
    this.#answer = this.#asked = null;
    this.#parts.answer.classList.add("stale");
    this.#parts.answer.prepend(h("p", { class: "late" }, this.#say("stale")));
    this.#fill();
  }

  #submit(chosen) {
    if (this.#disabled) return;
    const { activity, foreign_share: share, location, investor_origin: origin } = this.#parts;
    const proposal = { activity: activity.value.trim() };
    if (chosen) proposal.activity_ids = [chosen];
    if (!proposal.activity) return this.#complain({ activity: this.#say("fault.activity") });
    const percent = share.value.trim().replace(/[%％]$/, "").trim();
    if (percent && !Number.isFinite(Number(percent))) {
      return this.#complain({ foreign_share: this.#say("fault.foreign_share") });
    }
    if (percent) proposal.foreign_share = Number(percent);
    if (location.value.trim()) proposal.location = location.value.trim();
    if (origin.value.trim()) proposal.investor_origin = origin.value.trim();
    this.#ask(proposal, chosen !== undefined);
  }

  async #ask(proposal, chosen = false) {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    this.#complain({});
    this.#parts.said.textContent = this.#say("busy");
    this.#parts.check.setAttribute("aria-disabled", "true");
    let problem;
    try {
      const response = await fetch(`${SERVICE}v1/determinations`, {
        method: "POST", mode: "cors", credentials: "omit", cache: "no-store", redirect: "error",
        referrerPolicy: "no-referrer",
        headers: { "Content-Type": "application/json", Accept: "application/json, application/problem+json" },
        body: JSON.stringify({ ...proposal, lang: this.#language }),
        signal: AbortSignal.any([running.signal, AbortSignal.timeout(PATIENCE)]),
      });
      const body = await response.json();
      if (running.signal.aborted) return;
      if (response.ok) return this.#show(body, proposal, chosen);
      problem = body;
    } catch (error) {
      if (running.signal.aborted) return;
      problem = { status: 0, title: error.name, detail: error.message, errors: [] };
    } finally {
      if (this.#running === running) {
        this.#running = null;
        this.#parts.check.removeAttribute("aria-disabled");
      }
    }
    this.#fail(problem);
  }

  #fail(problem) {
    const faults = {};
    for (const { pointer, nearest } of problem.errors ?? []) {
      const field = (pointer ?? "").split("/")[1];
      const meant = nearest ? this.#gap + this.#say("nearest", { value: nearest }) : "";
      const fault = this.#say(`fault.${field}`);
      if (fault) faults[field] = fault + meant;
    }
    if (!Object.keys(faults).length) {
      const told = { 0: "unreachable", 429: "crowded", 503: "crowded" }[problem.status];
      faults[""] = told ? this.#say(told) : this.#say("refused") + this.#gap + problem.detail;
    }
    this.#parts.said.textContent = "";
    this.#complain(faults);
    this.#tell("error", problem);
  }

  #complain(faults) {
    for (const key of ["activity", ...Object.keys(FACTS)]) {
      this.#parts[`${key}-fault`].textContent = faults[key] ?? "";
      this.#parts[key].setAttribute("aria-invalid", String(key in faults));
    }
    this.#parts.fault.textContent = faults[""] ?? "";
    const first = Object.keys(faults)[0];
    if (!first) return;
    if (first in FACTS) this.#parts.facts.open = true;
    this.#parts[first]?.focus();
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`negative-list:${name}`, { bubbles: true, composed: true, detail }));
  }

  #show(answer, proposal, chosen) {
    this.#answer = answer;
    this.#asked = proposal;
    this.#parts.answer.classList.remove("stale");
    this.#parts.answer.replaceChildren(...told(answer, {
      say: (...asked) => this.#say(...asked), gap: this.#gap, level: this.#level, choose: (id) => this.#submit(id),
    }));
    this.#parts.answer.hidden = false;
    this.#fill();
    const permitted = answer.permitted_as_proposed;
    const stop = this.#say("stop");
    const allowed = permitted && `${this.#say("proposed")} ${this.#say(permitted)}${stop}`;
    const sentences = [this.#say(answer.status) + stop, allowed, answer.summary];
    this.#parts.said.textContent = sentences.filter(Boolean).join(this.#gap);
    // The button that was chosen is gone with the question.
    if (chosen) this.#parts.answer.focus();
    this.#tell("determination", answer);
  }
}

customElements.define("negative-list-check", NegativeListCheck);
