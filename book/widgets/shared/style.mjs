// One sheet for all figures, inside their shadow roots; a layout of one figure alone has its name
// above it, and ends at the next name or empty line. Colours follow the page (its theme's
// variables), the deck's, or the system's, and so do sizes: a deck's style
// sheets set `--dlcourse-…`, for larger words and without the notes. As a constructed sheet it needs no inline style.
export const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host {
  --ink: var(--pst-color-text-base, var(--r-main-color, CanvasText));
  --paper: var(--pst-color-background, var(--r-background-color, Canvas));
  --quiet: var(--pst-color-text-muted, var(--ink));
  --line: color-mix(in srgb, var(--ink) 55%, var(--paper));
  --faint: color-mix(in srgb, var(--ink) 12%, var(--paper));
  --plus: #1259a8;
  --minus: #a83c00;
  --good: #146c2e;
  display: block; text-align: start; color: var(--ink); font-size: var(--dlcourse-text, 1rem); line-height: 1.45;
  container-type: inline-size;
}
@supports (color: light-dark(red, red)) {
  :host { --plus: light-dark(#1259a8, #8cc2ff); --minus: light-dark(#a83c00, #ffb38a); --good: light-dark(#146c2e, #8fdc9f); }
}
:host(:focus) { outline: none; }
* { box-sizing: border-box; }
section { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; background: var(--paper); overflow-wrap: anywhere; }
.still { display: none; }
@media print { .still { display: contents; } section:has(~ .still) { display: none; } }
.title { font-weight: 600; margin: .6rem 0 .25rem; }
p { margin: .35rem 0; }
/** digit-pad */
.sheet-and-places { position: relative; max-width: 280px; }
.places { position: absolute; inset: 0; pointer-events: none; overflow: hidden; }
.places > * { position: absolute; border: 2px solid #d55e00; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.4rem, 1fr)); gap: .75rem; }
.cards table { width: 100%; table-layout: fixed; }
.cards th { width: 3rem; padding: .1rem .3rem; }
.cards td { padding: .1rem .3rem; }
.cards td:last-child { width: 4.4rem; }
.cards td:has(meter) { width: auto; }
.cards meter { min-width: 0; }

.row { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
.row[role="group"] { column-gap: .25rem; }
/** backpropagation */
.columns.passes { grid-template-columns: var(--dlcourse-graph, repeat(auto-fit, minmax(min(17rem, 100%), 1fr))); }
.passes svg:not(.graph) { max-width: 24rem; }

label + .row { margin-top: .2rem; }
/** line-and-bowl */
.two-and-controls { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: .75rem 1.25rem; }
.two-and-controls > .controls { grid-column: 1 / -1; }

.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: .75rem 1.25rem; align-items: start; }
label, input, select, button, .file { font-size: var(--dlcourse-controls, inherit); }
label { display: inline-flex; gap: .5rem; align-items: center; min-height: var(--dlcourse-target, 0px); overflow-wrap: normal; }
select { min-width: 0; max-width: 100%; }
.slider { display: grid; grid-template-columns: 7.5rem 1fr 3.6rem; width: 100%; gap: .5rem; align-items: center; }
.slider output { text-align: end; font-variant-numeric: tabular-nums; }
input[type=range] { width: 100%; min-width: 0; min-height: max(2rem, var(--dlcourse-target, 0px)); accent-color: var(--plus); touch-action: pan-y; }
input[type=number] { width: 5.2rem; }
td:has([type=number]) { padding: .2rem; }
input[type=number], select, button, .file { font-family: inherit; font-weight: inherit; line-height: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .35rem; padding: .35rem .6rem; min-height: max(2.4rem, var(--dlcourse-target, 0px)); }
input[type=checkbox], input[type=radio] { width: 1.15rem; height: 1.15rem; accent-color: var(--plus); }
button, .file { cursor: pointer; min-width: var(--dlcourse-target, 0px); }
@media (hover: hover) { button:hover, .file:hover { background: var(--faint); } }
button:disabled { opacity: .55; cursor: default; }
button[aria-pressed=true] { background: var(--ink); color: var(--paper); }
fieldset { border: 0; padding: 0; margin: .25rem 0; min-width: 0; }
legend { font-weight: 600; padding: 0; }
:focus-visible, .file:focus-within { outline: 3px solid var(--plus); outline-offset: 2px; }
svg, canvas { display: block; max-width: 100%; height: auto; }
.full table { width: 100%; }
svg text { fill: var(--ink); font-size: var(--dlcourse-letters, 14px); font-family: inherit; }
.graph .halo { stroke-width: 9px; }
.graph text { font-size: max(17px, 1.1 * var(--dlcourse-letters, 0px)); }
canvas.pixels { image-rendering: pixelated; }
.handle { cursor: grab; touch-action: none; }
.thumb { fill: transparent; r: 0; }
@media (pointer: coarse) { .thumb { r: 26px; } .grip { stroke-width: 48px; } }
.plus { color: var(--plus); } .minus { color: var(--minus); } .good { color: var(--good); }
.live { font-weight: 600; min-height: 1.45em; margin: .35rem 0 0; position: sticky; bottom: 0; background: var(--paper); padding: .25rem 0; z-index: 1; border-top: 1px solid var(--faint); }
.halo { paint-order: stroke; stroke: var(--paper); stroke-width: 5px; stroke-linejoin: round; }
.note, figcaption { color: var(--quiet); font-size: var(--dlcourse-text, .9rem); }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { white-space: nowrap; border: 1px solid var(--line); padding: .2rem .45rem; text-align: end; }
caption { text-align: start; font-weight: 600; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
figure { margin: 0; }
.after { padding-top: .6rem; }
.steps figure { width: 92px; }
.stacked { flex-wrap: wrap; gap: 0 .5rem; }
/** digit-pad */
.cards .note { overflow-wrap: normal; margin: .2rem 0 .5rem; min-height: 4em; }
/** trainer */
canvas.framed { width: 100%; max-width: 30rem; border: 1px solid var(--line); }
/** cnn */
.one-filter { flex-wrap: nowrap; align-items: start; gap: .5rem; }
.one-filter :is(figure, canvas) { width: min(112px, 28cqw); }
.maps { position: relative; }
.maps > canvas { cursor: crosshair; }
.maps > .frame { position: absolute; min-width: 7px; min-height: 7px; border: 2px solid #d00; outline: 1px solid #fff; pointer-events: none; transform: translate(-1px, -1px); }
/** trainer */
.paper { color: var(--paper); }

[hidden] { display: none !important; }
.lines { padding-inline-start: 1.1rem; margin: .25rem 0; font-variant-numeric: tabular-nums; }
.inline { display: inline-block; vertical-align: -2px; }
meter { width: 100%; min-width: 2rem; }
/** language-model */
textarea { font: inherit; font-size: var(--dlcourse-text, inherit); color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .35rem; padding: .35rem .6rem; width: 100%; }
.beginning { display: block; }
.looks { font-family: ui-monospace, monospace; white-space: pre-wrap; min-height: 4.5em; }
.looks mark { color: inherit; background: color-mix(in srgb, var(--plus) var(--share, 0%), var(--paper)); }

a { color: var(--plus); }
td:has(meter) { width: 45%; }
td input[type=number] { font-size: inherit; padding: .2rem; text-align: end; }
/** cnn */
.inside > :last-child { grid-column: 1 / -1; }

.pad .note, .layers .note, .pixel > div > .note, .trainer :is(figcaption, .missions), .neuron .note, .before-after .note, .one-filter .note { display: var(--dlcourse-notes, block); }
.row > a { display: var(--dlcourse-notes, inline); }
@container (min-width: 700px) {
  /** backpropagation */
  .passes .lines { line-height: 1.3; }
}
@container (min-width: 880px) {
  section:has(.training, .passes) > .live { position: absolute !important; width: 1px; height: 1px; min-height: 0; margin: 0; padding: 0; overflow: hidden; clip-path: inset(50%); }
  .spread { display: contents; }
  /** digit-pad */
  .pad { display: grid; grid-template-columns: 18rem 14rem 1fr; gap: 1.25rem; }
  .pad th { width: 3.9rem; padding-inline: .2rem; }
  .pad :is(th, td) { line-height: 1.2; }
  .pad td:last-child { width: 5.2rem; }
  .pad > .columns { display: contents; }
  .pad .steps { display: grid; grid-template-columns: 1fr 1fr; align-content: start; gap: .5rem; min-height: 18rem; }
  .pad figcaption { font-size: .9rem; line-height: 1.2; }
}
@container (min-width: 1000px) {
  /** kernel */
  .beside { display: grid; grid-template-columns: 1fr 2fr; gap: 1.25rem; }
  .beside .row { column-gap: .5rem; }
  /** trainer */
  .training { display: grid; grid-template-columns: 20rem 20rem 1fr; gap: .25rem 1.25rem; align-items: start; }
  .training > :is(.row, p) { grid-column: 1 / -1; margin: 0; }
  .trainer { display: contents; }
  .trainer > figure { grid-row: 2 / span 2; }
  .trainer > div canvas { max-width: 15rem; }
  .trainer + p { order: 1; }

  .slider { grid-template-columns: 8.5rem 1fr 3rem; }
  /** line-and-bowl */
  .two-and-controls { grid-template-columns: 1fr 1fr 19rem; }
  .two-and-controls > .controls { grid-column: auto; grid-template-columns: 1fr; align-content: center; }
  /** cnn */
  .inside { grid-template-columns: 24.5rem 1fr 23rem; }
  .inside > :first-child canvas { max-width: 13.3rem !important; }
  .inside > :last-child { grid-column: auto; }
  .inside table { width: 100%; }
  .inside td, .inside tbody th { padding: .05rem .45rem; line-height: 1.15; }
  .inside caption { display: var(--dlcourse-notes, table-caption); }
  .layers { display: grid; grid-template-columns: repeat(4, 1fr); gap: 3rem; }
  .layers > :is(:first-child, :nth-child(n + 6)) { display: none; } /* the picture and the answer are above */
  .layers .title { min-height: 2.9em; }
}
/** iris-network */
.measures { display: grid; grid-template-columns: max-content 1fr 2.2rem; column-gap: .5rem; }
.measures > * { grid-column: 1 / -1; }
@container (max-width: 600px) {
  /** trainer */
  .training { display: flex; flex-direction: column; gap: .5rem; }
  .trainer, .trainer > div { display: contents; }
  .training > div:last-child { order: -1; }
  .trainer > figure:nth-child(2) { order: 1; }
  .missions { order: 2; }
  .training > div:last-child > .row { display: grid; grid-template-columns: 1fr 1fr; }
  .training > div:last-child label:not(.slider) { display: grid; gap: 0; }
}
@container (max-width: 420px) {
  /** line-and-bowl */
  .two-and-controls svg { max-width: 14.5rem; margin-inline: auto; }
  /** digit-pad */
  .cards { grid-template-columns: 1fr; }
  .cards .note { min-height: 0; }
  .steps { display: grid; grid-template-columns: 1fr 1fr; }
  .steps figure { width: auto; }

  .row:has(td:nth-child(5)) > span { flex-basis: 100%; text-align: center; }
  .row tr:has(td:nth-child(5)) > td { padding: .1rem .3rem; }
  tr:has(td:nth-child(5)) input[type=number] { width: 2.9rem; }
  svg text { font-size: 17px; }
  .slider { grid-template-columns: 6.8rem 1fr 3.2rem; }
}
@container (max-width: 300px) {
  .slider { grid-template-columns: 1fr auto; }
  .slider input { grid-column: 1 / -1; grid-row: 2; }
  /** kernel */
  tr:has(td:nth-child(5)) td:has([type=number]) { padding: .1rem; }
  tr:has(td:nth-child(5)) input[type=number] { width: 2.7rem; }
}
/** iris-network */
.measures .slider { grid-template-columns: subgrid; }
`);
