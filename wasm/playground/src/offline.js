// Keeps the page's own files, so that it opens without a network. What has a hash in its name never changes and
// comes from here; the page itself comes from the network while there is one.
//
// The build puts the list of files in, so that every version of the page is another text and is kept anew.

const FILES = ["./"];
const CACHE = "remit-playground-1";

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

async function keep() {
  const cache = await caches.open(CACHE);
  const wanted = new Set(FILES.map((file) => new URL(file, self.registration.scope).href));
  await Promise.all([...wanted].map(async (url) => {
    if (!hashed(url) || !await cache.match(url)) await cache.add(new Request(url, { cache: "no-cache" }));
  }));
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
}

function hashed(url) {
  return new URL(url).pathname.includes("/assets/");
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = request.url.split("#")[0];
  if (request.method !== "GET" || !url.startsWith(self.registration.scope)) return;
  event.respondWith(hashed(url) ? kept(url, request) : fresh(url, request));
});

async function kept(url, request) {
  return await caches.match(url) ?? fetch(request);
}

async function fresh(url, request) {
  try {
    return await fetch(request);
  } catch (error) {
    const known = await caches.match(url.split("?")[0])
      ?? (request.mode === "navigate" ? await caches.match(self.registration.scope) : undefined);
    if (known) return known;
    throw error;
  }
}
