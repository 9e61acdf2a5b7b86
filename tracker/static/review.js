// The review page: clause and proposal shown together, keys, drafts that save themselves.
// Every button works without this module; keys only press them.

const proposals = document.querySelector(".proposals");
const notice = document.querySelector(".notice");
const typing = (element) => element.matches("input, textarea, select, [contenteditable]");
const here = () => document.activeElement?.closest("[data-step]");
const button = (within, key) => within.querySelector(`button[data-key="${CSS.escape(key)}"]`);

// The clause and the proposal in hand, and the words that the field in hand was read from.
function lightUp(selector, name) {
  for (const element of document.querySelectorAll(`.${name}`)) element.classList.remove(name);
  for (const element of selector ? document.querySelectorAll(selector) : []) element.classList.add(name);
}
function showClause(step) {
  lightUp(step ? `#k${step.dataset.id}` : "", "here");
  step?.classList.add("here");
  intoView(step && document.getElementById(`k${step.dataset.id}`));
}
function intoView(element) {
  if (!element || notice.scrollHeight <= notice.clientHeight) return;
  const [inner, outer] = [element.getBoundingClientRect(), notice.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) notice.scrollTop += inner.top - outer.top - 80;
}
function showRead(element) {
  const key = element?.closest("[data-read]")?.dataset.read;
  lightUp(key ? `[data-k~="${key}"]` : "", "on");
}
proposals.addEventListener("focusin", (event) => {
  showClause(event.target.closest("[data-step]"));
  showRead(event.target);
});
proposals.addEventListener("mouseover", (event) => showRead(event.target.closest("[data-read]") ?? document.activeElement));
if (here()) { showClause(here()); showRead(document.activeElement); }

// A line becomes its form where it stands; keys wait for it.
let opening = false;
async function open(line) {
  opening = true;
  const answer = await fetch(proposals.dataset.form.replace("/0/", `/${line.dataset.id}/`)).catch(() => null);
  opening = false;
  if (!answer?.ok) { line.querySelector("a").click(); return null; }
  const part = document.createElement("template");
  part.innerHTML = await answer.text();
  const card = part.content.querySelector("article");
  const cell = line.matches("tr") ? document.createElement("td") : line;
  if (cell !== line) {
    cell.colSpan = line.cells.length;
    cell.setAttribute("role", "cell");
    line.replaceChildren(cell);
  }
  cell.replaceChildren(card);
  for (const name of ["id", "tabindex", "data-step", "data-id"]) line.removeAttribute(name);
  return card;
}
async function edit(step) {
  const card = step.matches("article") ? step : await open(step);
  if (!card) return null;
  const lacking = card.querySelector("[autofocus]:not(button)");
  const work = [...card.querySelectorAll("textarea")].find((area) => area.offsetParent);
  (lacking ?? work ?? card.querySelector(".verdict")).focus();
  return card;
}

// Task, target, general guidance, no task arises; the usual reason stands there to be kept.
async function turnInto(step, place) {
  const card = await edit(step);
  const verdict = card?.querySelector(".verdict");
  if (!verdict) return;
  verdict.selectedIndex = place;
  verdict.dispatchEvent(new Event("input", { bubbles: true }));
  const why = card.querySelector(".why input");
  const usual = { guidance: proposals.dataset.guidance, no_task: proposals.dataset.noTask };
  if (!usual[verdict.value]) return;
  if (!why.value || Object.values(usual).includes(why.value)) why.value = usual[verdict.value];
  why.focus();
  why.select();
}

function confirmLine(line) {
  const form = document.getElementById("confirm-clear")?.form;
  const own = form?.querySelector(`[name=clauses][value="${line.dataset.id}"]`);
  if (!own) return;
  for (const other of form.querySelectorAll("[name=clauses]")) other.disabled = other !== own;
  form.requestSubmit();
}

function move(by, wanted) {
  const steps = [...proposals.querySelectorAll("[data-step]")].filter(wanted);
  const all = [...proposals.querySelectorAll("[data-step]")];
  const from = all.indexOf(here());
  const next = by > 0 ? steps.find((step) => all.indexOf(step) > from) ?? steps[0] : steps.findLast((step) => all.indexOf(step) < from);
  if (!next) return;
  next.tabIndex = -1;
  next.focus();
}

const everywhere = new Set(["a", "u", "g", "?"]);
document.addEventListener("keydown", (event) => {
  if (opening) { event.preventDefault(); return; }
  const step = here();
  if (event.key === "Escape" && step && event.target !== step) {
    step.tabIndex = -1;
    step.focus();
    return;
  }
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  const { key } = event;
  const pressed = step && step.matches("article") ? button(step, key) : null;
  if (key === "ArrowDown" || key === "ArrowUp") {
    if (!step || event.target !== step) return;
    move(key === "ArrowDown" ? 1 : -1, () => true);
  } else if (key === "n") move(1, (other) => other.matches("article, li"));
  else if (step && event.target === step && (key === "Enter" || key === "e")) edit(step);
  else if (step && "1234".includes(key)) turnInto(step, Number(key) - 1);
  else if (step && !step.matches("article") && key === "x") confirmLine(step);
  else if (everywhere.has(key)) button(document, key)?.click();
  else if (pressed) pressed.click();
  else return;
  event.preventDefault();
});

const keys = document.getElementById("keys");
button(document, "?")?.addEventListener("click", () => keys.showModal());

// Splitting parts the words at the cursor, where somebody set it.
proposals.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-cut]");
  if (!pressed) return;
  const work = pressed.form.elements[`p${pressed.dataset.cut}-title`];
  const before = work.value.slice(0, work.dataset.touched ? work.selectionStart : 0);
  pressed.form.elements[`p${pressed.dataset.cut}-cut`].value = before.trimStart().replace(/\s+/g, " ").length;
});
proposals.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) event.target.dataset.touched = "yes";
});

// Drafts: what is typed is kept after a pause, and the page says so.
const waiting = new WeakMap();
const sending = new WeakMap();
function keepDraft(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  const sent = fetch(form.dataset.draft, { method: "POST", body: new FormData(form), keepalive: true })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((answer) => { if (answer) form.querySelector("[data-saved]").textContent = answer.said; })
    .catch(() => {})
    .finally(() => sending.delete(form));
  sending.set(form, sent);
}
proposals.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.draft) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => keepDraft(form), 1200));
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of document.querySelectorAll("form[data-draft]")) if (waiting.has(form)) keepDraft(form);
});
// A draft under way arrives before the form itself, so that it cannot outlive it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  if (!sending.has(form)) return;
  event.preventDefault();
  const pressed = event.submitter;
  sending.get(form).finally(() => { delete form.dataset.sent; form.requestSubmit(pressed); });
});
