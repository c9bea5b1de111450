// Where a key is entered, once the service has asked for one.

import { html, nothing, type TemplateResult } from "lit-html";
import { hasKey, isKeyWanted, keepKey } from "../service/key";
import { forgetFiles } from "./file";

/** Shown as long as a key is wanted; `whenGiven` begins anew with it. */
export const keyCard = (whenGiven: () => void): TemplateResult | typeof nothing =>
  isKeyWanted()
    ? html`<form
        class="card key"
        aria-labelledby="key-title"
        @submit=${(event: Event) => take(event, whenGiven)}
      >
        <h2 id="key-title">
          ${hasKey() ? "The service does not take this key" : "The service asks for a key"}
        </h2>
        <p class="quiet" id="key-hint">
          Whoever runs it gives you one. It stays in this tab until that is closed.
        </p>
        <div class="key-row">
          <label for="key">API key</label>
          <input
            id="key"
            name="key"
            type="password"
            autocomplete="off"
            spellcheck="false"
            required
            aria-describedby="key-hint"
          />
          <button type="submit">Use it</button>
        </div>
      </form>`
    : nothing;

function take(event: Event, whenGiven: () => void): void {
  event.preventDefault();
  const input = (event.target as HTMLFormElement).elements.namedItem("key");
  const key = (input as HTMLInputElement).value.trim();
  if (key === "") return;
  renew(key, whenGiven);
}

function renew(key: string, whenChanged: () => void): void {
  keepKey(key);
  forgetFiles();
  whenChanged();
}

/** In the head, as long as a key is kept. */
export const keyButton = (whenForgotten: () => void): TemplateResult | typeof nothing =>
  hasKey()
    ? html`<button
        class="plain"
        id="forget-key"
        type="button"
        @click=${() => renew("", whenForgotten)}
      >
        Forget the key
      </button>`
    : nothing;
