// What scrolls within itself can be reached by keyboard, and shows that it goes on; what fits
// is no tab stop.
(() => {
  const part = ":is(pre, .formula, .output_html, .dlcourse-table, .pst-scrollable-table-container)";
  const look = ({ target }) => {
    const rest = target.scrollWidth - target.clientWidth;
    if (rest > 1) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
    target.toggleAttribute("data-more", rest - target.scrollLeft > 1);
  };
  const watch = new ResizeObserver((entries) => entries.forEach(look));
  for (const target of document.querySelectorAll(`.bd-article ${part}`)) {
    watch.observe(target);
    target.addEventListener("scroll", look, { passive: true });
  }
})();
