// May this map be believed? The verdict, its reasons and the numbers behind them.

import { html, nothing, type TemplateResult } from "lit-html";
import { refusalNote, sentence } from "../parts/notes";
import { titled, value } from "../parts/words";
import type { Evidence, RankedMethod } from "../service/types";
import { methodOf } from "../known";
import type { Panel } from "./state";

type Verdict = Evidence["verdict"];

const MEANINGS: Readonly<Record<Verdict, string>> = {
  supported: "Nothing that was measured speaks against this map.",
  mixed: "Something speaks against this map, but nothing decisive: read the reasons.",
  unsupported: "A decisive reason speaks against this map. Do not argue with it.",
  untested: "Nothing could be measured.",
};

const MARKS: Readonly<Record<Verdict, string>> = {
  supported: "✓",
  mixed: "~",
  unsupported: "✕",
  untested: "?",
};

/** Numbers that are read beside each other: ours, and what it is held against. */
const ROWS: readonly [keyof Evidence, string, keyof Evidence | null][] = [
  ["insertion", "Score as the marked pixels come in; more is better", "random_insertion"],
  ["deletion", "Score as the marked pixels go; less is better", "random_deletion"],
  ["score_drop", "Part of the score lost where only the marked is seen", null],
  ["completeness_gap", "Part of the score that the map leaves open", null],
  ["noise_stability", "Likeness to the maps of noisy copies", null],
  ["randomized_similarity", "Likeness to the map of a network with random last weights", null],
];

export interface EvidenceChoices {
  isOn: boolean;
  hasPicture: boolean;
  turn: (isOn: boolean) => void;
  again: () => void;
}

/** The card. */
export const evidenceCard = (panel: Panel, choices: EvidenceChoices): TemplateResult =>
  html`<section class="card evidence" aria-labelledby="evidence-title">
    <div class="card-head">
      <h2 id="evidence-title">May this map be believed?</h2>
      <label class="switch">
        <input
          id="evidence"
          type="checkbox"
          .checked=${choices.isOn}
          @change=${(event: Event) => choices.turn((event.target as HTMLInputElement).checked)}
        />
        Measure it
      </label>
    </div>
    <div class="card-body" aria-live="polite">${body(panel, choices)}</div>
  </section>`;

function body(panel: Panel, { isOn, hasPicture, again }: EvidenceChoices) {
  if (panel.answer?.ranking) return ranking(panel.answer.ranking, panel.answer.chosen ?? "");
  if (!isOn)
    return html`<p class="quiet">
      A map can look right and be wrong. Measuring covers the picture along the map, adds noise and
      draws weights anew, with the very model that the map explains: some 130 passes more.
    </p>`;
  if (!hasPicture) return html`<p class="quiet">Choose a picture first.</p>`;
  if (panel.evidenceRefusal) return refusalNote(panel.evidenceRefusal, again);
  return panel.evidence
    ? verdict(panel.evidence)
    : html`<p class="quiet"><span class="spinner" aria-hidden="true"></span> Measuring …</p>`;
}

const badge = (verdict: Verdict): TemplateResult =>
  html`<span class="badge is-${verdict}"
    ><span aria-hidden="true">${MARKS[verdict]}</span> ${titled(verdict)}</span
  >`;

const verdict = (evidence: Evidence): TemplateResult =>
  html`<p class="verdict">${badge(evidence.verdict)} ${MEANINGS[evidence.verdict]}</p>
    <ul class="reasons">
      ${evidence.reasons.map(
        ({ speaks_for, is_decisive, detail }) =>
          html`<li class=${speaks_for ? "speaks-for" : "speaks-against"}>
            <span class="sign" aria-hidden="true">${speaks_for ? "+" : "−"}</span>
            <span
              ><span class="unseen">${speaks_for ? "For: " : "Against: "}</span>${sentence(detail)}
              ${is_decisive && !speaks_for ? html`<strong>Decisive.</strong>` : nothing}</span
            >
          </li>`,
      )}
    </ul>
    <details>
      <summary>The numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Measured</th>
            <th scope="col">This map</th>
            <th scope="col">Random</th>
          </tr>
        </thead>
        <tbody>
          ${ROWS.map(
            ([name, title, random]) =>
              html`<tr>
                <th scope="row">${title}</th>
                <td>${shown(evidence[name])}</td>
                <td>${random ? shown(evidence[random]) : ""}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>`;

const shown = (measured: unknown): string =>
  typeof measured === "number" ? value(measured) : "–";

const ranking = (ranked: readonly RankedMethod[], chosen: string): TemplateResult =>
  html`<p>The methods competed on this picture; the map shown is the best one's.</p>
    <table>
      <thead>
        <tr>
          <th scope="col">Method</th>
          <th scope="col">Verdict</th>
          <th scope="col">Insertion</th>
          <th scope="col">Deletion</th>
        </tr>
      </thead>
      <tbody>
        ${ranked.map(
          (entry) =>
            html`<tr class=${entry.method === chosen ? "is-chosen" : ""}>
              <th scope="row">${methodOf(entry.method)?.title ?? entry.method}</th>
              <td>${badge(entry.verdict)}</td>
              <td>${shown(entry.insertion)}</td>
              <td>${shown(entry.deletion)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
