// Two cards of a layer, or of one of its channels: its maps of the picture, and its filters.

import { html, nothing, type TemplateResult } from "lit-html";
import { sampleButtons } from "../explain/stage";
import { takeSample } from "../explain/view";
import { refusalNote } from "../parts/notes";
import { value } from "../parts/words";
import type { Layer } from "../service/types";
import type { Insight } from "./insight";
import { unitAddress } from "./unit_address";

export const mapsCard = (
  layer: Layer,
  { maps, mapsRefusal, wanted }: Insight,
): TemplateResult =>
  html`<section class="card" aria-labelledby="maps-title">
    <h2 id="maps-title">What it answers to the picture</h2>
    ${
      layer.output_shape.length !== 3
        ? html`<p class="quiet">This layer has no maps: its output is no picture any more.</p>`
        : !wanted.picture
          ? html`<p class="quiet">Drop or paste a picture, or choose one:</p>
            <div class="samples is-left">
              ${sampleButtons(null, { takeSample: (name) => void takeSample(name) })}
            </div>`
          : html`${refusalNote(mapsRefusal)}
            <div class="grid-picture">
              ${
                maps?.grid
                  ? html`<img
                    src="data:image/png;base64,${maps.grid}"
                    alt="The maps of channels ${wanted.channels}, each in its own range"
                  />`
                  : mapsRefusal
                    ? nothing
                    : html`<p class="quiet">Looking …</p>`
              }
            </div>
            ${
              maps?.channels
                ? html`<p class="hint">
                  Strongest: ${strongest(maps.channels, wanted)}. Every map is drawn in its own range.
                </p>`
                : nothing
            }`
    }
  </section>`;

const STRONGEST = 5;

const strongest = (
  channels: readonly { index: number; max: number | null }[],
  { model, layer }: Insight["wanted"],
): TemplateResult[] =>
  [...channels]
    .sort((one, other) => (other.max ?? 0) - (one.max ?? 0))
    .slice(0, STRONGEST)
    .map(
      ({ index, max }, place) =>
        html`${place > 0 ? ", " : ""}<a href=${unitAddress(model, layer.name, index)}
            >channel ${index}</a
          >
          (${value(max ?? Number.NaN)})`,
    );

export const filtersCard = (
  layer: Layer,
  { filters, filtersRefusal }: Insight,
): TemplateResult =>
  html`<section class="card" aria-labelledby="filters-title">
    <h2 id="filters-title">What it has learned</h2>
    ${
      layer.kernel_shape.length === 0
        ? html`<p class="quiet">This layer has no filters: it is no convolution.</p>`
        : html`${refusalNote(filtersRefusal)}
          <div class="grid-picture">
            ${
              filters?.grid
                ? html`<img
                  src="data:image/png;base64,${filters.grid}"
                  alt="Filters of ${layer.name}, each under its output channel"
                />`
                : filtersRefusal
                  ? nothing
                  : html`<p class="quiet">Looking …</p>`
            }
          </div>
          ${
            filters
              ? html`<p class="hint">
                ${
                  filters.input_channel == null
                    ? "In colour: these filters see the picture itself; mid-grey is zero."
                    : `The weights for input channel ${filters.input_channel}: red is positive, blue negative.`
                }
              </p>`
              : nothing
          }`
    }
  </section>`;
