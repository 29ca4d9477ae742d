// The arrow keys, for whatever is walked over in rows and columns.

/** How far down and right an arrow key leads. */
export const ARROWS = { ArrowLeft: [0, -1], ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowRight: [0, 1] };

/** Answer the arrow keys: `walk([down, right], event)`. */
export const onArrows = (walk) => (event) => {
  if (!ARROWS[event.key]) return;
  event.preventDefault();
  walk(ARROWS[event.key], event);
};
