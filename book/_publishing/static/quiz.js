// A quiz that answers. Without this file the answers unfold instead.
"use strict";
for (const question of document.querySelectorAll(".quiz-question")) {
  const find = (selector) => question.querySelector(selector);
  const [button, feedback, reasons] = [".quiz-check", ".quiz-feedback", ".quiz-reasons"].map(find);
  button.hidden = false;
  reasons.hidden = true;

  button.addEventListener("click", () => {
    const chosen = find("input:checked");
    if (!chosen) {
      const words = Object.assign(document.createElement("p"), {
        textContent: "Choose an answer first.",
      });
      return feedback.replaceChildren(words);
    }
    const reason = reasons.querySelector(`[data-letter="${chosen.value}"]`);
    feedback.replaceChildren(reason.cloneNode(true));
    reasons.hidden = !reason.matches(".quiz-right");
  });
}
