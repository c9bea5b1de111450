// To take along: the picture, the numbers, the link, and the call that gives the same.

import { html, type TemplateResult } from "lit-html";
import { copy } from "../parts/copy";
import { curlCall, pythonCall, type Call } from "./calls";
import { fieldsOf } from "./asking";
import { SAMPLES } from "./picture";
import { selectedPanel, type ExplainState } from "./state";

export interface TakeActions {
  picture: () => void;
  numbers: () => void;
  answer: () => void;
  language: (language: ExplainState["language"]) => void;
}

const LANGUAGES = [
  ["curl", "curl"],
  ["python", "Python"],
] as const;

/** The call that answers what the selected panel shows. */
export function callOf(state: ExplainState): Call {
  const panel = selectedPanel(state);
  const sample = SAMPLES.find(({ name }) => name === state.picture?.sample);
  return {
    method: panel.method,
    fileName: state.picture?.name ?? "photo.jpg",
    fetchFrom: sample?.file ?? null,
    fields: state.picture
      ? { ...fieldsOf(state, panel), outputs: "overlay", opacity: String(state.opacity) }
      : {},
  };
}

export function takeCard(state: ExplainState, actions: TakeActions): TemplateResult {
  const { answer } = selectedPanel(state);
  const text = (state.language === "curl" ? curlCall : pythonCall)(callOf(state));
  const isOwn = state.picture !== null && state.picture.sample === null;
  return html`<section class="card calls" aria-labelledby="calls-title">
    <div class="card-head">
      <h2 id="calls-title">To take along</h2>
      <div class="buttons">
        ${button("save-picture", "Picture", "Save the overlay as PNG", actions.picture, !answer)}
        ${button("save-numbers", "Numbers", "Save the map for numpy.load", actions.numbers, !answer)}
        ${button("save-answer", "Answer", "Save all that was answered, as JSON", actions.answer, !answer)}
        ${button(
          "copy-link",
          "Link",
          "Copy the address of this view",
          copy(() => location.href),
          !state.picture,
        )}
      </div>
    </div>
    <p class="hint" id="link-hint">
      ${
        isOwn
          ? "Your picture never leaves this tab but for the service: the link carries every choice, and whoever opens it adds a picture."
          : "The link shows others the same view."
      }
    </p>
    <div class="card-head">
      <h3>The same from a program</h3>
      <div class="buttons">
        ${LANGUAGES.map(
          ([name, title]) =>
            html`<button
              class="plain"
              type="button"
              aria-pressed=${String(state.language === name)}
              @click=${() => actions.language(name)}
            >
              ${title}
            </button>`,
        )}
        ${button(
          "copy",
          "Copy",
          "Copy the call",
          copy(() => text),
          false,
        )}
      </div>
    </div>
    <pre tabindex="0" role="region" aria-label="The call"><code id="call">${text}</code></pre>
  </section>`;
}

const button = (
  id: string,
  text: string,
  title: string,
  click: (event: Event) => void,
  isOff: boolean,
): TemplateResult =>
  html`<button class="plain" type="button" id=${id} title=${title} ?disabled=${isOff} @click=${click}>
    ${text}
  </button>`;
