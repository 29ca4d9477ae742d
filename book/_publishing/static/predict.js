// Guess first: the output below a question stays covered until the reader has guessed.
"use strict";
for (const box of document.querySelectorAll(".predict")) {
  const find = (selector) => box.querySelector(selector);
  const form = find(".predict-guess");
  const field = form.querySelector("input");
  const verdict = find(".predict-verdict");
  const answer = find(".predict-answer")?.textContent;
  const choices = [...box.querySelectorAll(".predict-choices input")];
  const key = `predict ${location.pathname} ${(find("p:not(.admonition-title)") ?? box).textContent}`;
  // 1,000 and 1 000 but 0,125
  const number = (text) =>
    parseFloat(text.replace("\u2212", "-").replace(/(?:(?<!^\D*0),|(?<=\d)\s)(?=\d{3})/g, "").replace(",", "."));
  const line = (text) => Object.assign(document.createElement("p"), { textContent: text });

  // What is covered: the first output, and all that follows to the end mark or the next question.
  const below = [];
  const end = ".predict-end, .predict, section";
  for (let next = box.nextElementSibling; next && !next.matches(end); next = next.nextElementSibling)
    below.push(next);
  const first = below.findIndex((part) => part.querySelector(".cell_output"));
  const rest = below.slice(Math.max(first, 0));
  const cell = first < 0 ? null : rest[0];
  const isOpenCode = cell?.querySelector(":scope > .cell_input");
  if (isOpenCode) rest.shift();
  const cover = (part) => {
    part.classList.add("predict-covered");
    part.tabIndex = -1;
    return part;
  };
  // An output stays where it is, for whatever runs its cell looks for it there.
  const covers = isOpenCode ? [...cell.querySelectorAll(":scope > .cell_output")].map(cover) : [];
  if (rest.length) {
    const wrapper = cover(document.createElement("div"));
    rest[0].before(wrapper);
    wrapper.append(...rest);
    covers.push(wrapper);
  }

  const notice = line("Covered until you have guessed. ");
  notice.className = "predict-notice";
  const show = Object.assign(document.createElement("button"), {
    type: "button",
    className: "quiz-check",
    textContent: "Show it",
  });
  notice.append(show);
  covers[0]?.before(notice);

  const uncover = () => {
    notice.remove();
    for (const part of covers) {
      part.removeAttribute("hidden");
      part.classList.remove("predict-covered");
    }
  };
  const isShownBy = (hash) => {
    const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    return target && covers.some((part) => part.contains(target));
  };
  for (const part of covers) {
    // The browser's search, and links into what is covered, open it.
    part.setAttribute("hidden", "until-found");
    part.addEventListener("beforematch", uncover);
  }
  if (isShownBy(location.hash)) uncover();
  addEventListener("hashchange", () => isShownBy(location.hash) && uncover());
  show.addEventListener("click", () => {
    uncover();
    covers[0].focus();
  });

  const judge = (guess) => {
    if (choices.length) {
      const chosen = choices.find(({ value }) => value === guess);
      const reason = chosen.parentElement.querySelector(".predict-reason")?.textContent ?? "";
      const isRight = "right" in chosen.dataset;
      return `${isRight ? "✓ Right." : "✗ Not this one."} ${reason}`.trim();
    }
    if (answer === undefined) return "Compare it with what comes.";
    const off = number(guess) - number(answer);
    const places = answer.match(/\d\.(\d+)/)?.[1].length ?? 0;
    const far = +Math.abs(off).toPrecision(2);
    const how =
      Math.abs(off) < 0.5 * 10 ** -places
        ? "✓ Exactly."
        : `${Math.abs(off) <= +box.dataset.near + 1e-9 ? "✓ Near: " : ""}${far} too ${off > 0 ? "high" : "low"}.`;
    return `You guessed ${guess.trim()}. It is ${answer.trim()}: ${how}`;
  };
  const tell = (guess) => {
    verdict.replaceChildren(line(judge(guess)));
    uncover();
  };

  form.hidden = false;
  if (!field && !choices.length) form.querySelector("button").textContent = "I have a guess";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = choices.find(({ checked }) => checked)?.value;
    const guess = choices.length ? chosen : (field?.value ?? "in mind");
    if (guess === undefined) return verdict.replaceChildren(line("Choose an answer first."));
    if (field && Number.isNaN(number(guess))) {
      return verdict.replaceChildren(line("Write a number first, such as 0.5 or 20."));
    }
    tell(guess);
    try {
      localStorage.setItem(key, guess); // in this browser, and nowhere else
    } catch {} // where nothing may be kept, the guess holds until the page is left
  });

  let kept = null;
  try {
    kept = localStorage.getItem(key);
  } catch {}
  const isKnown = kept !== null && (!choices.length || choices.some(({ value }) => value === kept));
  if (!isKnown) continue;
  if (field) field.value = kept;
  for (const choice of choices) choice.checked = choice.value === kept;
  tell(kept);
}
