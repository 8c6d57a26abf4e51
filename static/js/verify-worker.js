/* The service worker of /periksa/: keeps the page of the check without a network, and
   shows it when a page under /periksa/ cannot be had. It keeps nothing else.

   `self.kept` comes from the script that loads this one (views_offline.worker):
   { version, page, files }. */
"use strict";

const SHELL = `periksa-${self.kept.version}`;
const DATA = "periksa-data"; // keys and list: the page's own affair
const PATIENCE = 8000; // milliseconds; a dead network may never say so

self.addEventListener("install", (event) => {
  event.waitUntil(install());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(pageOr(request));
  else if (self.kept.files.includes(url.pathname)) event.respondWith(fileOr(request));
});

async function install() {
  const shell = await caches.open(SHELL);
  const files = [self.kept.page, ...self.kept.files];
  // Past the browser's own cache, which may hold older ones.
  await shell.addAll(files.map((file) => new Request(file, { cache: "reload" })));
  await self.skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys()) {
    const isOld = name.startsWith("periksa-") && name !== SHELL && name !== DATA;
    if (isOld) await caches.delete(name);
  }
  await self.clients.claim();
}

/* The page itself; the kept one when there is no answer, or none but a broken server. */
async function pageOr(request) {
  const kept = () => caches.match(self.kept.page, { cacheName: SHELL });
  try {
    const answer = await Promise.race([fetch(request), tooLong()]);
    return answer.status < 500 ? answer : (await kept()) || answer;
  } catch (error) {
    const page = await kept();
    if (page) return page;
    throw error;
  }
}

async function fileOr(request) {
  const kept = await caches.match(new URL(request.url).pathname, { cacheName: SHELL });
  return kept || fetch(request);
}

function tooLong() {
  return new Promise((_done, fail) => {
    setTimeout(() => fail(new Error("no answer")), PATIENCE);
  });
}
