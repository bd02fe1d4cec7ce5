// Keeps the page for days without a network. Every build has a name of its own, so that a new one takes the place of the old.
const KEPT = "bhyt-@version@";
const FILES = ["bhyt.html", "bhyt.webmanifest"];
addEventListener("install", event => event.waitUntil(caches.open(KEPT).then(kept => kept.addAll(FILES)).then(() => skipWaiting())));
addEventListener("activate", event => event.waitUntil(caches.keys().then(names => Promise.all(names.filter(name => name !== KEPT).map(name => caches.delete(name)))).then(() => clients.claim())));
addEventListener("fetch", event => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== location.origin) return;
  event.respondWith(caches.match(event.request, { ignoreSearch: true }).then(kept => kept ?? fetch(event.request)));
});
