// The buttons above a page that act instead of leading somewhere.
document.addEventListener("click", (event) => {
  const action = event.target.closest?.("[data-header-action]")?.dataset.headerAction;
  if (action === "print") print();
  if (action === "fullscreen") {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  }
});
