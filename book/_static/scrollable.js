// What scrolls within itself can be reached by keyboard; what fits is no tab stop.
(() => {
  const parts = document.querySelectorAll(".bd-article :is(pre, .formula, .output_html, .pst-scrollable-table-container)");
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth + 1;
      if (scrolls) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const part of parts) watch.observe(part);
})();
