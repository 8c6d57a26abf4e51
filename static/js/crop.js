/* Shows what the three sliders of the photo page will cut out, and lets a finger move
   it. The sliders work without this: the server counts the same (uploads.py).

   <form data-crop data-width="1200" data-height="1600">    pixels of the whole photo
     <img src="…" alt="…">
     <canvas data-crop-preview width="300" height="400" hidden></canvas>
     <input type="range" name="zoom" min="100" max="300">, name="x", name="y" 0 to 100
*/
"use strict";

for (const form of document.querySelectorAll("form[data-crop]")) {
  const image = form.querySelector("img");
  const canvas = form.querySelector("canvas[data-crop-preview]");
  const { zoom, x, y } = form.elements;
  const width = Number(form.dataset.width);
  const height = Number(form.dataset.height);
  if (!image || !canvas || !zoom || !x || !y) continue;

  /* uploads.crop_from_sliders, line by line. */
  const frame = () => {
    const largest = Math.min(Math.floor(width / 3), Math.floor(height / 4));
    const wanted = Math.floor((largest * 100) / Number(zoom.value));
    const unit = Math.max(wanted, Math.min(80, largest));
    const [freeX, freeY] = [width - 3 * unit, height - 4 * unit];
    return {
      x: Math.floor((freeX * Number(x.value)) / 100),
      y: Math.floor((freeY * Number(y.value)) / 100),
      width: 3 * unit,
      height: 4 * unit,
      freeX,
      freeY,
    };
  };

  const draw = () => {
    if (!image.naturalWidth) return;
    const cut = frame();
    // The page may show a smaller copy of the photo.
    const scale = image.naturalWidth / width;
    const box = [cut.x, cut.y, cut.width, cut.height].map((side) => side * scale);
    canvas.hidden = false;
    canvas.getContext("2d").drawImage(image, ...box, 0, 0, canvas.width, canvas.height);
  };

  let hold = null;

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    const at = { x: Number(x.value), y: Number(y.value) };
    hold = { left: event.clientX, top: event.clientY, at };
  });

  canvas.addEventListener("pointermove", (event) => {
    if (!hold) return;
    const cut = frame();
    const scale = cut.width / canvas.clientWidth;
    // The picture follows the finger, so the frame goes the other way.
    const right = (hold.left - event.clientX) * scale;
    const down = (hold.top - event.clientY) * scale;
    if (cut.freeX) x.value = hold.at.x + (100 * right) / cut.freeX;
    if (cut.freeY) y.value = hold.at.y + (100 * down) / cut.freeY;
    draw();
  });

  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      hold = null;
    });
  }

  canvas.style.touchAction = "none";
  form.addEventListener("input", draw);
  image.addEventListener("load", draw);
  window.addEventListener("pageshow", draw);
  draw();
}
