// The button that unfolds a solution, or another box, is called after it: the theme calls all of them the same. The
// script that makes the buttons comes before this one.
for (const button of document.querySelectorAll(".admonition-title > .toggle-button")) {
  const title = button.parentElement;
  title.id ||= `${button.dataset.target}-title`;
  button.setAttribute("aria-labelledby", title.id);
  button.removeAttribute("aria-label");
}
