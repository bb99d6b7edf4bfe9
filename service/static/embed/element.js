// <negative-list-check>: a proposal checked inside a page of somebody else. It asks the service that this script came
// from and nobody else, in the body of a request and never in an address. docs/embedding.md tells how it is used.
// The service calls this function with the words of words.yaml by language and the text of style.css.
((words, css) => {
  "use strict";

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

  const ICONS = {
    open: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z", "m8 12.500 2.800 2.800L16 9.700"],
    restricted: ["M12 3.600 21.200 19.600H2.800Z", "M12 9.800v4.400M12 17v.1"],
    prohibited: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z", "m5.800 5.800 12.400 12.400"],
    undetermined: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z", "M9.400 9.600a2.700 2.700 0 1 1 4 2.400c-.9.5-1.400 1-1.400 2M12 17v.1"],
    yes: ["m5 12.500 4.500 4.500L19 7.500"],
    no: ["m6.500 6.500 11 11m0-11-11 11"],
    conditional: ["M6 12h.1M12 12h.1M18 12h.1"],
  };

  // Texts become text nodes: nothing in an answer is read as HTML, and no Trusted Types policy is needed.
  const h = (name, given = {}, ...children) => {
    const { on, ...attributes } = given;
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    for (const [type, listener] of Object.entries(on ?? {})) element.addEventListener(type, listener);
    element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };
  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    for (const line of ICONS[name]) {
      const path = document.createElementNS(svg.namespaceURI, "path");
      path.setAttribute("d", line);
      svg.append(path);
    }
    return svg;
  };

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
      for (const [fact, attribute] of Object.entries(FACTS)) this.#parts[fact].value = this.getAttribute(attribute) ?? "";
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
      const opened = this.#parts.facts?.open;
      this.#spoken = this.#language;
      const parts = (this.#parts = {});
      const edited = { input: () => this.#outdate() };
      const control = (name, key, value, attributes = {}) => {
        parts[key] = h(name, { id: key, part: "field", autocomplete: "off", "aria-describedby": `${key}-fault`, on: edited, ...attributes });
        parts[key].value = value;
        parts[`${key}-fault`] = h("p", { id: `${key}-fault`, class: "fault" });
        return h("div", {}, h("label", { for: key, part: "label" }, this.#say(key)), parts[key], parts[`${key}-fault`]);
      };
      const activity = control("textarea", "activity", written.activity ?? "", {
        rows: 2, maxlength: 2000, "aria-describedby": "hint activity-fault",
        on: { ...edited, keydown: (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#submit(); } },
      });
      activity.append(h("p", { id: "hint", class: "hint" }, this.#say("hint")));
      const facts = Object.entries(FACTS).map(([key, attribute]) =>
        control("input", key, written[key] ?? this.getAttribute(attribute) ?? "", key === "foreign_share" ? { inputmode: "decimal" } : {}));
      parts.facts = h("details", { open: opened }, h("summary", {}, this.#say("facts")), h("div", { class: "fields" }, facts));
      parts.check = h("button", { class: "check", part: "button" }, this.#say("check"));
      parts.form = h("form", { novalidate: true, on: { submit: (event) => { event.preventDefault(); this.#submit(); } } },
        activity, parts.facts, parts.check);
      parts.fault = h("p", { class: "fault", role: "alert" });
      parts.said = h("p", { class: "unseen", role: "status" });
      parts.answer = h("section", { class: "answer", part: "answer", tabindex: -1, hidden: true, "aria-label": this.#say("name") });
      this.#root.replaceChildren(h("div", { class: "box", part: "box", lang: this.#language === "zh" ? "zh-Hans" : "en" },
        parts.form, parts.fault, parts.said, parts.answer));
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
      if (percent && !Number.isFinite(Number(percent))) return this.#complain({ foreign_share: this.#say("fault.foreign_share") });
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
          method: "POST", mode: "cors", credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", redirect: "error",
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
      for (const item of problem.errors ?? []) {
        const field = (item.pointer ?? "").split("/")[1];
        const told = this.#say(`fault.${field}`);
        if (told) faults[field] = told + (item.nearest ? this.#gap + this.#say("nearest", { value: item.nearest }) : "");
      }
      if (!Object.keys(faults).length) {
        faults[""] = problem.status === 0 ? this.#say("unreachable") : [429, 503].includes(problem.status) ? this.#say("crowded")
          : [this.#say("refused"), problem.detail].join(this.#gap);
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
      this.#parts.answer.replaceChildren(...this.#told(answer));
      this.#parts.answer.hidden = false;
      this.#fill();
      const permitted = answer.permitted_as_proposed;
      const stop = this.#say("stop");
      const told = [this.#say(answer.status) + stop, permitted && `${this.#say("proposed")} ${this.#say(permitted)}${stop}`];
      this.#parts.said.textContent = [...told, answer.summary].filter(Boolean).join(this.#gap);
      // The button that was chosen is gone with the question.
      if (chosen) this.#parts.answer.focus();
      this.#tell("determination", answer);
    }

    #told(answer) {
      const permitted = answer.permitted_as_proposed;
      const level = this.#level;
      const heading = (...content) => h(`h${level + 1}`, { class: "part" }, content);
      const section = (title, ...content) => h("section", {}, heading(title), content);
      const list = (items, name = "ul") => h(name, {}, items.map((item) => h("li", {}, item)));
      const more = (title, items) => items.length ? h("details", {}, h("summary", {}, title), list(items)) : null;
      return [
        h("div", { class: `verdict ${answer.status}`, part: "verdict" },
          h(`h${level}`, {}, icon(answer.status), this.#say(answer.status)),
          permitted && h("p", {}, this.#say("proposed"), " ", h("strong", {}, icon(permitted), this.#gap, this.#say(permitted))),
          h("p", {}, answer.summary)),
        answer.undetermined?.candidates.length ? section(this.#say("choose"), h("ul", { class: "choices" },
          answer.undetermined.candidates.map((item) => h("li", {}, h("button",
            { type: "button", part: "choice", on: { click: () => this.#submit(item.id) } },
            h("span", {}, item.label), this.#badge(item.status)))))) : null,
        answer.conditions.length ? section(this.#say("conditions"),
          list(answer.conditions.map((item) => [h("p", {}, item.text), item.citation && this.#cited(item.citation)]), "ol")) : null,
        answer.not_understood.length ? h("p", { class: "notice" }, this.#say("lost"), " ", answer.not_understood.join(this.#say("between") + this.#gap)) : null,
        answer.activities.map((item) => h("section", { part: "activity" },
          heading(item.activity.label, " ", this.#badge(item.status),
            [null, 100].includes(item.max_foreign_share) ? null : h("span", { class: "soft" }, " ", this.#say("share", { max: item.max_foreign_share }))),
          h("ul", { class: "reasons" }, item.reasons.map((reason) =>
            h("li", {}, h("p", {}, reason.explanation), this.#cited(reason.citation)))),
          item.contested ? h("p", { class: "notice" }, this.#say("contested"), " ", item.contested.explanation, " ", this.#badge(item.contested.status)) : null,
          more(this.#say("better"), item.relaxations.filter((way) => !way.applies).map((way) => [
            h("strong", {}, way.title), " ", way.effect.status ? this.#badge(way.effect.status) : null, h("p", {}, way.because)])),
          more(this.#say("licences"), item.licences.map((licence) => `${licence.label} (${licence.authority})`)))),
        more(this.#say("also"), answer.advisories.map((item) => [h("strong", {}, item.label), h("p", {}, item.message)])),
        h("div", { class: "record" },
          ...answer.caveats.map((text) => h("p", {}, text)),
          h("p", {}, this.#say("record", { law: answer.understood.as_of.value, data: answer.dataset.version })),
          h("p", {}, this.#say("receipt"), " ", h("code", {}, answer.receipt)),
          h("p", {}, answer.notice)),
      ].flat().filter(Boolean);
    }

    #badge(status) { return h("span", { class: `badge ${status}` }, icon(status), this.#say(status)); }

    #cited(citation) {
      const link = (address, text) => h("a", { href: address, target: "_blank", rel: "noopener noreferrer" },
        text, h("span", { class: "unseen" }, ` (${this.#say("tab")})`));
      const official = /^https?:/.test(citation.source_url ?? "");
      return h("p", { class: "soft", part: "citation" },
        h("span", { class: "cited" }, citation.cited_as), h("span", {}, this.#say("since", { day: citation.effective_from })),
        official ? h("span", {}, link(citation.source_url, this.#say("official"))) : null);
    }
  }

  customElements.define("negative-list-check", NegativeListCheck);
})
