// A small plot of some curves over the same steps.

import { html, svg, type TemplateResult } from "lit-html";
import { value } from "./words";

const WIDTH = 600;
const HEIGHT = 160;

export interface Curve {
  name: string;
  values: readonly (number | null)[];
}

/** Draw curves; numbers that are not there leave gaps. */
export function curvePlot(title: string, curves: readonly Curve[]): TemplateResult {
  const all = curves.flatMap(({ values }) => values.filter((number) => number !== null));
  const lowest = all.reduce((least, number) => Math.min(least, number), Infinity);
  const highest = all.reduce((most, number) => Math.max(most, number), -Infinity);
  const steps = Math.max(2, ...curves.map(({ values }) => values.length));
  const across = (step: number) => (step / (steps - 1)) * WIDTH;
  const up = (number: number) =>
    HEIGHT - ((number - lowest) / (highest - lowest || 1)) * (HEIGHT - 8) - 4;
  return html`<figure class="plot">
    <figcaption>${title}</figcaption>
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${title}: from ${value(lowest)} to ${value(highest)} over ${steps} steps"
    >
      ${curves.map(
        ({ values }) =>
          svg`<path d=${values
            .map((number, step) =>
              number === null
                ? ""
                : `${step === 0 ? "M" : "L"}${across(step).toFixed(1)} ${up(number).toFixed(1)}`,
            )
            .join("")} />`,
      )}
    </svg>
    <p class="hint">
      ${curves.length} ${curves.length === 1 ? "picture" : "pictures"}, ${steps} steps, from
      ${value(lowest)} to ${value(highest)}
    </p>
  </figure>`;
}
