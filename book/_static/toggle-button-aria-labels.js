// For screen readers: the button that unfolds a box is named after that box's title, where the theme calls all of them
// the same. The script that makes the buttons comes before this one.
for (const button of document.querySelectorAll(".admonition-title > .toggle-button")) {
  const title = button.parentElement;
  title.id ||= `${button.dataset.target}-title`;
  button.setAttribute("aria-labelledby", title.id);
  button.removeAttribute("aria-label");
}
