// Drawing anew: the page is a function of its state, called after every change.

type Draw = () => void;

let draw: Draw = () => undefined;
let isDue = false;

/** Say what draws the page. */
export function drawWith(drawPage: Draw): void {
  draw = drawPage;
}

/** Draw soon; several changes at once are drawn together. */
export function redraw(): void {
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    draw();
  });
}
