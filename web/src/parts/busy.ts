// What a card asks the service for: busy meanwhile, and with a refusal if it came to that.

import { refusalFrom } from "../service/ask";
import type { Refusal } from "../service/refusal";
import { redraw } from "./draw";

export interface Busy {
  isBusy: boolean;
  refusal: Refusal | null;
}

/** Do what a card wants done, and draw it before and after. */
export async function busyWith(card: Busy, wish: () => Promise<void>): Promise<void> {
  Object.assign(card, { isBusy: true, refusal: null });
  redraw();
  try {
    await wish();
  } catch (error) {
    card.refusal = refusalFrom(error);
  }
  card.isBusy = false;
  redraw();
}
