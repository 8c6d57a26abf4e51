/* The page of the check without a network: templates/verification/offline.html.

   Every sentence stands in the page; here they are only shown, hidden and filled in.
   Keys and the list of withdrawn cards are kept in a cache of the browser. */
"use strict";

(async () => {
  const root = document.querySelector("[data-verify]");
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const { keysUrl, listUrl, worker, scope, card, report } = root.dataset;
  const input = part("code");
  const known = { keys: new Map(), offices: {}, list: null };
  let shown = "";

  const only = (attribute, wanted) => {
    for (const element of root.querySelectorAll(`[data-${attribute}]`)) {
      element.hidden = !wanted.includes(element.dataset[attribute]);
    }
  };

  const fill = (slot, text) => {
    for (const element of root.querySelectorAll(`[data-slot="${slot}"]`)) {
      element.textContent = text;
    }
  };

  const language = document.documentElement.lang;
  const inWords = (date, options) =>
    new Intl.DateTimeFormat(language, { dateStyle: "long", ...options }).format(date);
  const dayInWords = (day) => inWords(new Date(day), { timeZone: "UTC" });
  const counted = (number) => new Intl.NumberFormat(language).format(number);

  // What this device keeps ------------------------------------------------------------

  const store = () => caches.open("periksa-data");

  const keep = async (url, text) => {
    if ("caches" in window) await (await store()).put(url, new Response(text));
  };

  const kept = async (url) => {
    const answer = "caches" in window && (await (await store()).match(url));
    return answer ? answer.text() : "";
  };

  const fetched = async (url) => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(8000) });
    if (!answer.ok) throw new Error(answer.status);
    return answer.text();
  };

  const useKeys = (text) => {
    const { keys, offices } = JSON.parse(text);
    known.offices = offices;
    known.keys = new Map(
      Object.entries(keys).map(([id, key]) => [Number(id), records.bytesOfBase64(key)]),
    );
  };

  /* Take a list; says "taken", "older", or what is wrong with it. */
  const useList = async (text) => {
    const { problem, ...list } = await records.readList(text, known.keys);
    if (problem) return problem;
    if (known.list && list.made < known.list.made) return "older";
    known.list = list;
    await keep(listUrl, text);
    return "taken";
  };

  const recall = async () => {
    const [keys, list] = [await kept(keysUrl), await kept(listUrl)];
    if (keys) useKeys(keys);
    if (keys && list) await useList(list);
  };

  const refresh = async () => {
    const keys = await fetched(keysUrl);
    useKeys(keys);
    await keep(keysUrl, keys);
    return useList(await fetched(listUrl));
  };

  const DAYS_OLD = 7;
  const age = (list) => Math.floor((Date.now() - list.made) / 86400000);

  const sayWhatIsKept = () => {
    only("keys", [known.keys.size ? "some" : "none"]);
    only("list", [known.list ? "some" : "none"]);
    if (!known.list) return;
    fill("made", inWords(known.list.made, { timeStyle: "short" }));
    fill("withdrawn", counted(known.list.entries.size));
  };

  // The check -------------------------------------------------------------------------

  const show = ({ state, code, record, office, early }) => {
    only("verdict", [state]);
    part("facts").hidden = !record;
    part("compare").hidden = !record;
    if (record) showFacts(record, office);
    const isGenuine = state === "genuine";
    only("note", [
      isGenuine && (known.list ? "listed" : "unlisted"),
      isGenuine && known.list && age(known.list) >= DAYS_OLD && "old",
      early && "clock",
    ]);
    part("online").hidden = !code;
    part("online-link").href = code ? card.replace("/0/", `/${code}/`) : "";
    part("report").hidden = !["forged", "void", "unknown_key"].includes(state);
    part("report-link").href = `${report}?kode=${encodeURIComponent(code)}`;
    part("result").hidden = false;
  };

  const showFacts = (record, office) => {
    fill("number", record.number);
    fill("name", record.name);
    fill("issued", dayInWords(record.issued));
    fill("expires", dayInWords(record.expires));
    fill("region", record.region);
    only("office", [office ? "known" : "unknown"]);
    if (!office) return;
    fill("office-name", office.name);
    fill("government", office.government);
    fill("phone", office.phone);
    part("phone").hidden = !office.phone;
  };

  const check = async (typed, { focus = true } = {}) => {
    shown = typed;
    show(await records.judge(typed, { ...known, now: new Date() }));
    if (!focus) return;
    part("result").focus();
    part("result").scrollIntoView({ block: "start" });
  };

  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    check(input.value);
  });

  // Camera and photos, where the browser can read a QR itself -----------------------------

  const newDetector = async () => {
    const formats = await window.BarcodeDetector?.getSupportedFormats?.();
    if (!formats?.includes("qr_code")) return null;
    return new window.BarcodeDetector({ formats: ["qr_code"] });
  };

  const found = (text) => {
    input.value = text;
    check(text);
  };

  const video = part("video");
  let stream = null;

  const stopCamera = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    part("camera").hidden = true;
  };

  const scan = async (detector) => {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 1280 } },
    });
    part("camera").hidden = false;
    video.srcObject = stream;
    await video.play();
    while (stream) {
      const [code] = await detector.detect(video);
      if (code && stream) {
        stopCamera();
        found(code.rawValue);
      }
      await new Promise((done) => setTimeout(done, 150));
    }
  };

  const readPhoto = async (detector, file) => {
    const picture = await createImageBitmap(file);
    const [code] = await detector.detect(picture);
    picture.close();
    if (code) found(code.rawValue);
    else only("scanning", ["nothing"]);
  };

  const offerScanning = async () => {
    const detector = await newDetector().catch(() => null);
    only("scanner", [detector ? "here" : "missing"]);
    if (!detector) return;
    part("scan").hidden = !navigator.mediaDevices;
    part("scan-button").addEventListener("click", () => {
      only("scanning", []);
      stopCamera();
      scan(detector).catch(() => {
        stopCamera();
        only("scanning", ["no-camera"]);
      });
    });
    part("stop-button").addEventListener("click", stopCamera);
    window.addEventListener("pagehide", stopCamera);
    part("photo").addEventListener("change", ({ target }) => {
      only("scanning", []);
      const [file] = target.files;
      if (!file) return;
      readPhoto(detector, file).catch(() => only("scanning", ["nothing"]));
    });
  };

  // The list, by network and by file ----------------------------------------------------

  const saidOfList = (answer) => {
    only("took", [answer]);
    sayWhatIsKept();
    if (shown) check(shown, { focus: false });
  };

  part("refresh").addEventListener("click", () => {
    refresh().then(saidOfList, () => only("took", ["no-answer"]));
  });

  part("list-file").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (file) saidOfList(await useList(await file.text()).catch(() => "damaged"));
    target.value = "";
  });

  // From the top ------------------------------------------------------------------------

  const keepThePage = async () => {
    if (!("serviceWorker" in navigator)) throw new Error("no service worker");
    await navigator.serviceWorker.register(worker, { scope });
    await navigator.serviceWorker.ready;
  };

  // Without https (or localhost) a browser lends no SHA-512 and no service worker.
  root.hidden = !window.crypto?.subtle;
  document.querySelector("[data-insecure]").hidden = !root.hidden;
  if (root.hidden) return;
  await recall().catch(() => {});
  sayWhatIsKept();
  offerScanning();
  // Shown in the place of another page, because there was no answer: which one?
  const standsFor = window.location.pathname.slice(scope.length);
  const isStandIn = window.location.pathname !== root.dataset.page;
  part("stand-in").hidden = !isStandIn;
  if (isStandIn && records.codeIn(standsFor)) await check(standsFor);
  keepThePage().then(
    () => only("ready", ["yes"]),
    () => only("ready", ["no"]),
  );
  if (isStandIn) return;
  const isFine = (answer) => ["taken", "older"].includes(answer);
  refresh().then((answer) => saidOfList(isFine(answer) ? "" : answer), sayWhatIsKept);
})();
