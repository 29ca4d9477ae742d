// The button that unfolds a solution is called after it: the theme calls all of them the same.
for (const button of document.querySelectorAll(".admonition-title > .toggle-button")) {
  const title = button.parentElement;
  title.id ||= `${button.dataset.target}-title`;
  button.setAttribute("aria-labelledby", title.id);
  button.removeAttribute("aria-label");
}
