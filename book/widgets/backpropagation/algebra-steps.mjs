// What each of the STEPS of backpropagation-core.mjs shows in the figure's mode "Every number": a
// title, the arrows that it is about, and the sums written out. No DOM.

const SUB = ["₁", "₂"];

/** A number as a factor: fixed digits, a true minus sign, in brackets if negative. */
function n(v, digits = 4) {
  const text = v.toFixed(digits);
  return v < 0 ? `(−${text.slice(1)})` : text;
}

const plain = (v) => n(v).replace(/[()]/g, "");

/** `{title, edges, lines}` of a step; `next` is the `numbers` after the update. v₁ and v₂ are W2. */
export function algebraStep(name, { numbers, pass, gradients: g }, next, rate) {
  const { x, t, W1, b1, W2, b2 } = numbers;
  const both = [0, 1];
  const change = (weight, old, gradient, now) => `${weight} ← ${n(old)} − ${rate} × ${n(gradient)} = ${plain(now)}`;
  const steps = {
    start: ["One example, and the weights as they are", [], [`x₁ = ${plain(x[0])}, x₂ = ${plain(x[1])}; the truth is t = ${plain(t[0])}.`]],
    hidden: ["Forward: the hidden neurons", ["W1"], both.flatMap((j) => [
      `z${SUB[j]} = ${n(x[0])} × ${n(W1[0][j])} + ${n(x[1])} × ${n(W1[1][j])} + ${n(b1[j])} = ${plain(pass.z1[j])}`,
      `a${SUB[j]} = σ(z${SUB[j]}) = ${plain(pass.a1[j])}`,
    ])],
    output: ["Forward: the output", ["W2"], [
      `z = ${n(pass.a1[0])} × ${n(W2[0][0])} + ${n(pass.a1[1])} × ${n(W2[1][0])} + ${n(b2[0])} = ${plain(pass.z2)}`,
      `y = ${numbers.output_activation === "sigmoid" ? "σ(z)" : "z"} = ${plain(pass.y)}`,
    ]],
    loss: ["How wrong is it?", [], [`L = (y − t)² = (${n(pass.y)} − ${n(t[0])})² = ${plain(pass.loss)}`]],
    delta: ["Backward: from the loss to the output’s sum", [], [
      `∂L/∂y = 2(y − t) = ${plain(g.dy)}`,
      `δ = ∂L/∂z = ∂L/∂y · ∂y/∂z = ${n(g.dy)} × ${n(g.slope2)} = ${plain(g.dz2)}`,
    ]],
    gradients2: ["Backward: the output’s weights and bias", ["W2"], [
      ...both.map((j) => `∂L/∂v${SUB[j]} = ∂L/∂y · ∂y/∂z · ∂z/∂v${SUB[j]} = ${n(g.dy)} × ${n(g.slope2)} × ${n(pass.a1[j])} = ${plain(g.dW2[j][0])}`),
      `∂L/∂b = ∂L/∂y · ∂y/∂z · 1 = ${plain(g.db2[0])}`,
    ]],
    hiddenDelta: ["Backward: through the output’s weights to the hidden sums", ["W2"], both.map((j) =>
      `δ${SUB[j]} = ∂L/∂z${SUB[j]} = ∂L/∂z · ∂z/∂a${SUB[j]} · ∂a${SUB[j]}/∂z${SUB[j]} = ${n(g.dz2)} × ${n(W2[j][0])} × ${n(g.slope1[j])} = ${plain(g.dz1[j])}`)],
    gradients1: ["Backward: the hidden weights and biases", ["W1"], both.flatMap((j) => [
      ...both.map((i) => `∂L/∂w${SUB[i]}${SUB[j]} = ∂L/∂z${SUB[j]} · ∂z${SUB[j]}/∂w${SUB[i]}${SUB[j]} = ${n(g.dz1[j])} × ${n(x[i])} = ${plain(g.dW1[i][j])}`),
      `∂L/∂b${SUB[j]} = ∂L/∂z${SUB[j]} · 1 = ${plain(g.db1[j])}`,
    ])],
    update: ["Update: each weight a little against its gradient", ["W1", "W2"], [
      ...both.map((j) => change(`v${SUB[j]}`, W2[j][0], g.dW2[j][0], next.W2[j][0])),
      change("b", b2[0], g.db2[0], next.b2[0]),
      ...both.flatMap((j) => [
        ...both.map((i) => change(`w${SUB[i]}${SUB[j]}`, W1[i][j], g.dW1[i][j], next.W1[i][j])),
        change(`b${SUB[j]}`, b1[j], g.db1[j], next.b1[j]),
      ]),
    ]],
  };
  const [title, edges, lines] = steps[name];
  return { title, edges, lines };
}
