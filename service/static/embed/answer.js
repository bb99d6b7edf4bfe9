// A determination put into elements. Texts become text nodes: nothing in an answer is read as HTML, and no policy for
// Trusted Types is needed.

const ICONS = {
  open: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z", "m8 12.5 2.8 2.8L16 9.7"],
  restricted: ["M12 3.6 21.2 19.6H2.8Z", "M12 9.8v4.4M12 17v.1"],
  prohibited: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z", "m5.8 5.8 12.4 12.4"],
  undetermined: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z", "M9.4 9.6a2.7 2.7 0 1 1 4 2.4c-.9.5-1.4 1-1.4 2M12 17v.1"],
  yes: ["m5 12.5 4.5 4.5L19 7.5"],
  no: ["m6.5 6.5 11 11m0-11-11 11"],
  conditional: ["M6 12h.1M12 12h.1M18 12h.1"],
};

/** An element with attributes, listeners under `on`, and children; what is absent or false is left out. */
function h(name, given = {}, ...children) {
  const { on, ...attributes } = given;
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (![null, undefined, false].includes(value)) element.setAttribute(key, value === true ? "" : value);
  }
  for (const [type, listener] of Object.entries(on ?? {})) element.addEventListener(type, listener);
  element.append(...children.flat(3).filter((child) => ![null, undefined, false, ""].includes(child)));
  return element;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const line of ICONS[name]) {
    const path = document.createElementNS(svg.namespaceURI, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}

/** The elements of an answer. `say(key, blanks)` gives words, `gap` stands between sentences, `level` is that of the
    first heading, and `choose(id)` is called with the candidate that is chosen. */
function told(answer, { say, gap, level, choose }) {
  const badge = (status) => h("span", { class: `badge ${status}` }, icon(status), say(status));
  const heading = (...content) => h(`h${level + 1}`, { class: "part" }, content);
  const list = (items, name = "ul") => h(name, {}, items.map((item) => h("li", {}, item)));
  const section = (title, shown, content) => shown.length > 0 && h("section", {}, heading(title), content(shown));
  const more = (title, items) => items.length > 0 && h("details", {}, h("summary", {}, title), list(items));
  const notice = (title, ...content) => h("p", { class: "notice" }, title, " ", content);

  const out = (address, text) =>
    h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text,
      h("span", { class: "unseen" }, ` (${say("tab")})`));
  const cited = (citation) =>
    h("p", { class: "soft", part: "citation" },
      h("span", { class: "cited" }, citation.cited_as),
      h("span", {}, say("since", { day: citation.effective_from })),
      /^https?:/.test(citation.source_url ?? "") && h("span", {}, out(citation.source_url, say("official"))));

  const verdict = ({ status, permitted_as_proposed: permitted, summary }) =>
    h("div", { class: `verdict ${status}`, part: "verdict" },
      h(`h${level}`, {}, icon(status), say(status)),
      permitted && h("p", {}, say("proposed"), " ", h("strong", {}, icon(permitted), gap, say(permitted))),
      h("p", {}, summary));
  const choices = (candidates) =>
    h("ul", { class: "choices" }, candidates.map(({ id, label, status }) =>
      h("li", {}, h("button", { type: "button", part: "choice", on: { click: () => choose(id) } },
        h("span", {}, label), badge(status)))));
  const condition = ({ text, citation }) => [h("p", {}, text), citation && cited(citation)];
  const way = ({ title, effect, because }) => [
    h("strong", {}, title), " ", effect.status && badge(effect.status), h("p", {}, because)];
  const activity = (item) =>
    h("section", { part: "activity" },
      heading(item.activity.label, " ", badge(item.status), ![null, 100].includes(item.max_foreign_share)
        && h("span", { class: "soft" }, " ", say("share", { max: item.max_foreign_share }))),
      h("ul", { class: "reasons" }, item.reasons.map((reason) =>
        h("li", {}, h("p", {}, reason.explanation), cited(reason.citation)))),
      item.contested && notice(say("contested"), item.contested.explanation, " ", badge(item.contested.status)),
      more(say("better"), item.relaxations.filter((each) => !each.applies).map(way)),
      more(say("licences"), item.licences.map((licence) => [licence.label, h("p", {}, licence.authority)])));

  return [
    verdict(answer),
    section(say("choose"), answer.undetermined?.candidates ?? [], choices),
    section(say("conditions"), answer.conditions, (conditions) => list(conditions.map(condition), "ol")),
    answer.not_understood.length > 0 && notice(say("lost"), answer.not_understood.join(say("between") + gap)),
    ...answer.activities.map(activity),
    more(say("also"), answer.advisories.map(({ label, message }) => [h("strong", {}, label), h("p", {}, message)])),
    h("div", { class: "record" },
      answer.caveats.map((text) => h("p", {}, text)),
      h("p", {}, say("record", { law: answer.understood.as_of.value, data: answer.dataset.version })),
      h("p", {}, say("receipt"), " ", h("code", {}, answer.receipt)),
      h("p", {}, answer.notice)),
  ].filter(Boolean);
}
