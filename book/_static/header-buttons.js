// The buttons above a page that act instead of leading somewhere.
document.addEventListener("click", (event) => {
  // On a phone the contents lie over the page that a heading leads to.
  event.target.closest?.("dialog a[href^='#']")?.closest("dialog").close();
  const action = event.target.closest?.("[data-header-action]")?.dataset.headerAction;
  if (action === "print") print();
  if (action === "fullscreen") {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  }
});
