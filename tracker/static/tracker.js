// Small conveniences. Every page works without this module.

const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

// What is only of use with JavaScript is hidden in the page and shown here.
for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

// What stands in the field where typing goes on is replaced by what is typed.
document.querySelector("input[autofocus]:not([type=file])")?.select();

// A form that was changed asks before the page is left: <form data-guard>.
let unsaved = false;
for (const form of document.querySelectorAll("form[data-guard]")) {
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
}
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

// A second click does not send a form twice; coming back to the page allows it again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 4000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Keys: Ctrl+Enter sends the form in hand; j and k step through [data-step]; Escape shuts the menu.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.menu[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector(".btn-primary"));
  }
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
});

function step(by) {
  const cards = [...document.querySelectorAll("[data-step]")];
  if (!cards.length) return;
  const here = cards.findIndex((card) => card.contains(document.activeElement));
  const from = here === -1 && by < 0 ? cards.length : here;
  const card = cards[Math.min(Math.max(from + by, 0), cards.length - 1)];
  card.tabIndex = -1;
  card.focus();
}

// The menu shuts when something else is clicked.
document.addEventListener("click", (event) => {
  const menu = document.querySelector("details.menu[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});

// A further row: <button data-add-row="ID of a template"> puts a copy before the template;
// __n__ in it becomes the number of rows so far.
for (const button of document.querySelectorAll("[data-add-row]")) {
  const template = document.getElementById(button.dataset.addRow);
  button.addEventListener("click", () => {
    const number = template.parentElement.querySelectorAll("[data-row]").length;
    const row = document.createElement("template");
    row.innerHTML = template.innerHTML.replaceAll("__n__", number);
    template.before(row.content);
    template.previousElementSibling?.querySelector("input, select, textarea")?.focus();
  });
}

// A button copies the text of a field: <button data-copy="id-of-the-field">.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    button.classList.add("done");
  });
}

// One tick for all of a form: <input type="checkbox" data-tick-all hidden data-needs-script>.
for (const all of document.querySelectorAll("[data-tick-all]")) {
  all.addEventListener("change", () => {
    for (const pick of all.form.querySelectorAll(".pick[name]")) pick.checked = all.checked;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
