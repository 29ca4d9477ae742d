// The point sets of `dlcourse.data.point_sets`, drawn from the same random numbers. No DOM.

const turned = (r, angle) => [r * Math.cos(angle), r * Math.sin(angle)];

const SHAPES = {
  crescents: (i, u) => (i % 2 ? [0.5 - Math.cos(Math.PI * u), 0.25 - Math.sin(Math.PI * u)] : [Math.cos(Math.PI * u) - 0.5, Math.sin(Math.PI * u) - 0.25]),
  ring: (i, u, v) => turned(i % 2 ? 1.1 + 0.4 * v : 0.6 * Math.sqrt(v), 2 * Math.PI * u),
  xor: (i, u, v) => [(i % 4 < 2 ? 1 : -1) * (0.2 + 1.2 * u), (i % 4 === 0 || i % 4 === 3 ? 1 : -1) * (0.2 + 1.2 * v)],
  spiral: (i, u) => turned(0.2 + 1.4 * u, 2 * Math.PI * u + Math.PI * (i % 2)),
};

export const SETS = Object.keys(SHAPES);

/** n points and their classes, 0 and 1 by turns: {X: [[x₁, x₂], …], y}. */
export function pointSet(name, n, noise, rng) {
  const draw = () => Array.from({ length: n }, () => rng.random());
  const [u, v] = [draw(), draw()];
  const X = u.map((_, i) => SHAPES[name](i, u[i], v[i]).map((x) => x + rng.uniform(-noise, noise)));
  return { X, y: X.map((_, i) => i % 2) };
}
