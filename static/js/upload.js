/* Makes a photo small before it travels: 4 MB take 80 seconds on a slow phone line,
   300 kB take six. An extra only: whatever fails, the chosen file goes as it is.

   <form data-upload data-preparing="…" data-ready="…" data-sending="…">
     <input type="file" data-shrink="1600">     longest side, in pixels
     <p data-upload-status role="status"></p>
     <img data-upload-preview hidden alt="…">
*/
"use strict";

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file][data-shrink]");
  const status = form.querySelector("[data-upload-status]");
  const preview = form.querySelector("[data-upload-preview]");
  let sentAt = -Infinity;

  const say = (text) => {
    if (status) status.textContent = text || "";
  };

  const show = (file) => {
    if (!preview) return;
    URL.revokeObjectURL(preview.src);
    preview.hidden = !(file && file.type.startsWith("image/"));
    if (preview.hidden) preview.removeAttribute("src");
    else preview.src = URL.createObjectURL(file);
  };

  const prepare = async () => {
    const chosen = input.files[0];
    show(chosen);
    say("");
    if (!chosen || !needsWork(chosen)) return;
    say(form.dataset.preparing);
    const file = await shrunk(chosen, Number(input.dataset.shrink)).catch(() => chosen);
    // Meanwhile another file may have been chosen.
    if (input.files[0] !== chosen) return;
    say("");
    if (file === chosen) return;
    const transfer = new DataTransfer();
    transfer.items.add(file);
    input.files = transfer.files;
    show(file);
    say(form.dataset.ready);
  };

  if (preview) {
    preview.addEventListener("error", () => {
      preview.hidden = true;
    });
  }

  if (input) {
    input.addEventListener("change", () => prepare().catch(() => say("")));
  }

  form.addEventListener("submit", (event) => {
    // A second press soon after is a double click; later it is a second try.
    if (event.timeStamp - sentAt < 10000) {
      event.preventDefault();
      return;
    }
    sentAt = event.timeStamp;
    say(form.dataset.sending);
  });

  // Back from the next page, or from the browser's own error page.
  window.addEventListener("pageshow", () => {
    sentAt = -Infinity;
    say("");
  });
}

function isReadable(file) {
  return ["image/jpeg", "image/png"].includes(file.type);
}

/* Large pictures, and kinds the office cannot read but this browser perhaps can. */
function needsWork(file) {
  return isReadable(file) ? file.size > 500000 : file.type.startsWith("image/");
}

async function shrunk(file, side) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
  if (isReadable(file) && blob.size >= file.size) return file;
  const name = file.name.replace(/\.\w+$/, "") + ".jpg";
  return new File([blob], name, { type: "image/jpeg" });
}
