// What a cure does to a sick training: curves from recorded runs, and a verdict. No DOM.
// A trial is {first, loss, validation, accuracy}: the loss before the first step, two losses for each epoch (null
// where it was no number), and the accuracy at last.

/** Whether the validation loss ended below a sixth of the loss of guessing: `training_record.has_recovered`. */
export const hasRecovered = ({ validation }, classes) => {
  const last = validation.at(-1);
  return last !== null && last < Math.log(classes) / 6;
};

/** Points [epoch, loss] of both curves; the training loss begins before the first step. */
export const lossCurves = ({ first, loss, validation }) => ({
  training: [first, ...loss].map((v, epoch) => [epoch, v]),
  validation: validation.map((v, i) => [i + 1, v]),
});

/** The path of a curve in a plane; where a loss was no number (null), it breaks off. */
export const path = (points, x, y) =>
  points
    .map(([epoch, v], i) => (v === null ? "" : `${i && points[i - 1][1] !== null ? "L" : "M"}${x(epoch).toFixed(1)} ${y(v).toFixed(1)}`))
    .join("");

/** The upper end of the axis: what the sick curves need, and the loss of guessing at least. */
export function ceiling({ first, loss, validation }, classes) {
  const most = Math.max(...[first, ...loss, ...validation].filter((v) => v !== null), 1.1 * Math.log(classes));
  return Math.ceil(2 * most) / 2;
}

// `patients` are sick trainings, `trials` recorded runs; `patients[i].cures[j]` is an index into `trials`, or null where
// the cure changes nothing: its `else` says why. `patients[i].right` is the cure that removes the cause.
/** What happened: `{trial, recovered, cured}`, or `{reason}` where the cure changes nothing. */
export function treat({ patients, cures, trials, classes }, patient, cure) {
  const at = patients[patient].cures[cure];
  if (at === null) return { reason: cures[cure].else };
  const recovered = hasRecovered(trials[at], classes);
  return { trial: trials[at], recovered, cured: recovered && cure === patients[patient].right };
}
