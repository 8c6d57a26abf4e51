/* Takes a picture of a paper or a face with a camera of the counter and sends it as if
   it had been chosen as a file. An extra only: without it, or when the browser refuses
   the camera, the file box stays.

   <button type="button" data-camera="photo" data-what="Foto" hidden>   "paper" is whole
   <section data-camera-panel hidden>: one for the page, see desk/_camera.html
*/
"use strict";

{
  const panel = document.querySelector("[data-camera-panel]");

  if (panel && navigator.mediaDevices && navigator.mediaDevices.getUserMedia) {
    const part = (name) => panel.querySelector(`[data-camera-${name}]`);
    const [view, video, still, device] = ["view", "video", "still", "device"].map(part);
    const [snap, use, again, close] = ["snap", "use", "again", "close"].map(part);
    const status = part("status");
    const KEPT = "ak1-camera";
    const SIDE = 2000;
    let stream = null;
    let opener = null;

    const stop = () => {
      if (stream) stream.getTracks().forEach((track) => track.stop());
      stream = null;
      video.srcObject = null;
    };

    const isPhoto = () => opener.dataset.camera === "photo";

    const showStill = (wanted) => {
      video.hidden = wanted;
      still.hidden = !wanted;
      snap.hidden = wanted;
      use.hidden = !wanted;
      again.hidden = !wanted;
    };

    /* Of a face the middle at 3:4, which is what the guide shows; of a paper all. */
    const frame = (width, height) => {
      if (!isPhoto()) return [0, 0, width, height];
      const unit = Math.min(width / 3, height / 4);
      return [(width - 3 * unit) / 2, (height - 4 * unit) / 2, 3 * unit, 4 * unit];
    };

    const list = async () => {
      const all = await navigator.mediaDevices.enumerateDevices();
      const cameras = all.filter((one) => one.kind === "videoinput");
      const now = stream.getVideoTracks()[0].getSettings().deviceId;
      device.replaceChildren(
        ...cameras.map((one, number) => {
          const label = one.label || String(number + 1);
          return new Option(label, one.deviceId, false, one.deviceId === now);
        }),
      );
    };

    const remembered = () => {
      try {
        return localStorage.getItem(KEPT);
      } catch {
        return null;
      }
    };

    const remember = () => {
      try {
        localStorage.setItem(KEPT, device.value);
      } catch {
        // Asked again next time.
      }
    };

    const start = async (wanted) => {
      stop();
      showStill(false);
      status.textContent = "";
      const size = { width: { ideal: 1920 }, height: { ideal: 1080 } };
      try {
        const which = wanted ? { ...size, deviceId: { ideal: wanted } } : size;
        stream = await navigator.mediaDevices.getUserMedia({ video: which });
        video.srcObject = stream;
        await video.play();
        await list();
        snap.focus();
      } catch {
        stop();
        status.textContent = status.dataset.refused;
      }
    };

    const end = () => {
      stop();
      panel.hidden = true;
      if (opener) opener.focus();
    };

    snap.addEventListener("click", () => {
      if (!video.videoWidth) return;
      const [x, y, width, height] = frame(video.videoWidth, video.videoHeight);
      const scale = Math.min(1, SIDE / Math.max(width, height));
      still.width = Math.round(width * scale);
      still.height = Math.round(height * scale);
      const pen = still.getContext("2d");
      pen.drawImage(video, x, y, width, height, 0, 0, still.width, still.height);
      showStill(true);
      use.focus();
    });

    again.addEventListener("click", () => {
      showStill(false);
      snap.focus();
    });

    use.addEventListener("click", async () => {
      const blob = await new Promise((done) => still.toBlob(done, "image/jpeg", 0.9));
      const transfer = new DataTransfer();
      transfer.items.add(new File([blob], "camera.jpg", { type: "image/jpeg" }));
      const form = opener.form;
      form.querySelector("input[type=file]").files = transfer.files;
      stop();
      form.requestSubmit();
    });

    device.addEventListener("change", () => {
      remember();
      start(device.value);
    });
    close.addEventListener("click", end);
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end();
    });
    window.addEventListener("pagehide", stop);

    for (const button of document.querySelectorAll("button[data-camera]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        opener = button;
        view.dataset.guide = button.dataset.camera;
        part("what").textContent = button.dataset.what;
        panel.hidden = false;
        panel.scrollIntoView({ block: "start" });
        start(remembered());
      });
    }
  }
}
