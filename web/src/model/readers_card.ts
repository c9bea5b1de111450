// What reads a channel: the layers behind it, and the weights of their units as bars.

import { html, nothing, type TemplateResult } from "lit-html";
import { refusalNote } from "../parts/notes";
import { value } from "../parts/words";
import type { ChannelReader, Readers } from "../service/types";
import type { UnitReaders } from "./readers";
import { unitAddress } from "./unit_address";

type Weight = ChannelReader["strongest"][number];

export const readersCard = (readers: UnitReaders, model: string): TemplateResult =>
  html`<section class="card" aria-labelledby="readers-title">
    <h2 id="readers-title">What reads it</h2>
    ${refusalNote(readers.refusal)}
    ${
      readers.found
        ? told(readers.found, model)
        : readers.refusal
          ? nothing
          : html`<p class="quiet">Looking …</p>`
    }
  </section>`;

function told({ readers, untold }: Readers, model: string): TemplateResult {
  if (readers.length + untold.length === 0) {
    return html`<p class="quiet">Nothing: the network ends here.</p>`;
  }
  return html`${readers.map((reader) => readerPart(reader, model))}
  ${
    readers.length > 0
      ? html`<p class="hint">
          What a unit gains where the channel rises by 1 everywhere, with rectifiers open: the sum
          of its filter. Blue is more, red is less.
        </p>`
      : nothing
  }
  ${untold.map(
    ({ name, type }) =>
      html`<p class="hint">
        ${type ? `${name} (${type})` : `Something between layers (${name})`} takes it too; what
        that makes of it cannot be told from weights.
      </p>`,
  )}`;
}

function readerPart(
  { layer, type, through, units, strongest }: ChannelReader,
  model: string,
): TemplateResult {
  const largest = Math.max(
    ...strongest.map(({ weight }) => Math.abs(weight)),
    Number.MIN_VALUE,
  );
  const ways = through.length > 0 ? `, through ${through.join(", ")}` : "";
  return html`<h3 class="reader">${layer}</h3>
    <p class="quiet">
      ${type}${ways}${units > strongest.length ? ` · ${strongest.length} of ${units} units` : ""}
    </p>
    <ul class="weights">
      ${strongest.map((one) => weightRow(one, largest, unitAddress(model, layer, one.unit)))}
    </ul>`;
}

const weightRow = ({ unit, label, weight }: Weight, largest: number, address: string) =>
  html`<li>
    ${
      label === null
        ? html`<a href=${address}>channel ${unit}</a>`
        : html`<span class="class-name">${label}</span>`
    }
    <span class="track" aria-hidden="true"
      ><span
        class="part ${weight < 0 ? "is-against" : "is-for"}"
        .style=${`width:${(Math.abs(weight) / largest) * 50}%`}
      ></span
    ></span>
    <span class="number">${weight > 0 ? "+" : ""}${value(weight)}</span>
  </li>`;
