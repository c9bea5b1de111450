// Which channels of a layer are looked at together.

import type { Layer } from "../service/types";

export const PAGE_CHANNELS = 64;

const channelCount = ({ output_shape: sides }: Layer): number => sides.at(-1) ?? 0;

export const pagesOf = (layer: Layer): number =>
  Math.max(1, Math.ceil(channelCount(layer) / PAGE_CHANNELS));

/** The channels of a page, or the first few of them: `64-127`. */
export function channelsOf(layer: Layer, page: number, most = PAGE_CHANNELS): string {
  const within = Math.min(Math.max(0, page), pagesOf(layer) - 1);
  const first = within * PAGE_CHANNELS;
  const last = Math.min(first + most, channelCount(layer)) - 1;
  return last < first ? "" : `${first}-${last}`;
}
