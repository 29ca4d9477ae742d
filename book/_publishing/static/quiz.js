// A quiz that answers. Without this file the answers unfold instead.
"use strict";
for (const question of document.querySelectorAll(".quiz-question")) {
  const find = (selector) => question.querySelector(selector);
  const [button, feedback, reasons] = [".quiz-check", ".quiz-feedback", ".quiz-reasons"].map(find);
  const rights = reasons.querySelectorAll(".quiz-right").length;
  button.hidden = false;
  reasons.hidden = true;

  const say = (...lines) => feedback.replaceChildren(...lines);
  const line = (text) => Object.assign(document.createElement("p"), { textContent: text });

  button.addEventListener("click", () => {
    const chosen = [...question.querySelectorAll("input:checked")].map(({ value }) =>
      reasons.querySelector(`[data-letter="${value}"]`),
    );
    if (!chosen.length) return say(line("Choose an answer first."));
    const nRight = chosen.filter((reason) => reason.matches(".quiz-right")).length;
    const lines = chosen.map((reason) => reason.cloneNode(true));
    if (nRight === chosen.length && nRight < rights) {
      lines.push(line(`${nRight} of ${rights} right answers found: there is more to choose.`));
    }
    say(...lines);
    reasons.hidden = nRight < rights || nRight < chosen.length;
  });
}
