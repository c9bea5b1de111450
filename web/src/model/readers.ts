// Which layers read a channel, asked as soon as the channel is looked at.

import { redraw } from "../parts/draw";
import { ask, isAborted, queryOf, refusalFrom } from "../service/ask";
import type { Refusal } from "../service/refusal";
import type { Readers } from "../service/types";
import type { Unit } from "./unit_pictures";

/** Units that are shown of each layer. */
const MOST = "8";

export class UnitReaders {
  found: Readers | null = null;
  refusal: Refusal | null = null;

  private readonly asking = new AbortController();

  constructor(unit: Unit) {
    void this.ask(unit);
  }

  letGo(): void {
    this.asking.abort();
  }

  private async ask({ model, layer, channel }: Unit): Promise<void> {
    const path = [model, "layers", ...layer.split("/"), "readers"].map(encodeURIComponent);
    const query = queryOf({ channel: String(channel), most: MOST });
    try {
      const { signal } = this.asking;
      this.found = (await ask<Readers>(`models/${path.join("/")}${query}`, { signal })).body;
    } catch (error) {
      if (isAborted(error)) return;
      this.refusal = refusalFrom(error);
    }
    redraw();
  }
}
