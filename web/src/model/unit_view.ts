// One channel of a layer: what it looks for and finds, who reads it, its map and its filter.

import { html, nothing, type TemplateResult } from "lit-html";
import { OPEN, standing } from "../jobs/wording";
import { sourceOf } from "../parts/file";
import { refusalNote } from "../parts/notes";
import { hashOf } from "../parts/place";
import type { Layer } from "../service/types";
import { filtersCard, mapsCard } from "./cards";
import type { Insight } from "./insight";
import { readersCard } from "./readers_card";
import { strongestCard } from "./strongest_card";
import { unitAddress } from "./unit_address";
import type { UnitPage } from "./unit_page";
import { SIGNS, type Made, type Sign, type UnitPictures } from "./unit_pictures";

const TITLES: Readonly<Record<Sign, string>> = {
  positive: "What raises it most",
  negative: "What lowers it most",
};

export function unitView(
  layer: Layer,
  seen: Insight,
  page: UnitPage,
  layerAddress: string,
): TemplateResult {
  const { model, channel } = page.unit;
  const last = (layer.output_shape.at(-1) ?? 1) - 1;
  const beside = (other: number, text: string) =>
    other < 0 || other > last
      ? nothing
      : html`<a class="button plain" href=${unitAddress(model, layer.name, other)}>${text}</a>`;
  return html`<section class="card" aria-labelledby="layer-title">
      <h2 id="layer-title" class="layer-title">Channel ${channel} of ${layer.name}</h2>
      <p class="buttons">
        <a class="button plain" href=${layerAddress}>The whole layer</a>
        ${beside(channel - 1, `← ${channel - 1}`)} ${beside(channel + 1, `${channel + 1} →`)}
      </p>
    </section>
    ${picturesCard(page.pictures, layer)} ${strongestCard(page.strongest, channel)}
    ${readersCard(page.readers, model)} ${mapsCard(layer, seen)} ${filtersCard(layer, seen)}`;
}

const picturesCard = (pictures: UnitPictures, { type }: Layer): TemplateResult =>
  html`<section class="card" aria-labelledby="unit-title">
    <h2 id="unit-title">What it looks for</h2>
    ${refusalNote(pictures.refusal)}
    <div class="signs">
      ${SIGNS.map((sign) => signFigure(sign, pictures.jobs.get(sign)))}
    </div>
    ${
      type === "ReLU"
        ? html`<p class="hint">
            Behind a ReLU a channel is never below zero: whatever does not raise it lowers it most.
          </p>`
        : nothing
    }
    ${
      pictures.jobs.size < SIGNS.length
        ? html`<button
            class="plain is-after"
            id="make-unit"
            type="button"
            ?disabled=${pictures.isBusy}
            @click=${() => void pictures.make()}
          >
            Make the pictures
          </button>`
        : nothing
    }
  </section>`;

const signFigure = (sign: Sign, made: Made | undefined): TemplateResult => {
  const followed = made?.followed;
  return html`<figure>
    <div class="made">${picture(sign, made)}</div>
    <figcaption>
      ${TITLES[sign]}
      ${
        followed?.job
          ? html` · <a href=${hashOf("features", [followed.id])}>${standing(followed.job)}</a>`
          : nothing
      }
    </figcaption>
    ${refusalNote(followed?.refusal ?? null)}
  </figure>`;
};

function picture(sign: Sign, made: Made | undefined) {
  if (!made) return html`<p class="quiet">Not made yet.</p>`;
  const { followed, picture: address } = made;
  if (followed.job?.status === "succeeded") {
    return html`<img src=${sourceOf(address)} alt=${TITLES[sign]} />`;
  }
  if (followed.preview) {
    return html`<img src="data:image/png;base64,${followed.preview}" alt="What is being made" />`;
  }
  const isOpen = !followed.job || OPEN.has(followed.job.status);
  return html`<p class="quiet">${isOpen ? "Being made …" : "It was not made."}</p>`;
}
